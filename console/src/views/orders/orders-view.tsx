import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Member, read, serverNow } from '../../api/index.js';
import { Button, Dialog, Empty, Form, Loaded, Notice, Page, useAction, useLoad } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import { RevokeNumber } from './revoke-number.js';

interface Order {
  readonly order: string;
  readonly count: number;
  readonly createdOn: string;
  readonly expiresAt: number;
  readonly mintedBy: { readonly kind: 'member' | 'key' | 'system'; readonly id: string | null };
}

/** What was minted and may still be revoked: a manager's whole authority, an issuer's own. */
export function OrdersView({ member }: ViewProps): JSX.Element {
  const { orders } = useMessages();
  const authorityId = member.authorityId ?? '';
  const list = useLoad(() => fetchOrders(member, authorityId), authorityId);
  const [chosen, choose] = useState<Order>();
  const [isRevoked, setRevoked] = useState(false);
  return (
    <Page title={orders.title} lead={orders.lead}>
      <div role="status">{isRevoked && <Notice kind="success">{orders.revoked}</Notice>}</div>
      <section class="card">
        <Loaded of={list}>
          {({ all, logins }) =>
            all.length === 0 ? (
              <Empty title={orders.empty}>{orders.emptyText}</Empty>
            ) : (
              <OrderTable all={all} logins={logins} member={member} onRevoke={choose} />
            )
          }
        </Loaded>
      </section>
      <RevokeNumber />
      {chosen && (
        <RevokeOrder
          order={chosen}
          onClose={() => choose(undefined)}
          onDone={() => {
            choose(undefined);
            setRevoked(true);
            list.reload();
          }}
        />
      )}
    </Page>
  );
}

/** With the logins of those who placed them, where one may see them. */
async function fetchOrders(
  { role }: Member,
  authorityId: string,
): Promise<{ readonly all: readonly Order[]; readonly logins: ReadonlyMap<string, string> }> {
  const params = { path: { authorityId } };
  const [{ orders }, members] = await Promise.all([
    read(api.GET('/admin/v1/authorities/{authorityId}/permission-orders', { params })),
    role === 'manager' ? read(api.GET('/admin/v1/authorities/{authorityId}/members', { params })) : undefined,
  ]);
  return { all: orders, logins: new Map(members?.members.map(({ id, login }) => [id, login])) };
}

interface OrderTableProps {
  readonly all: readonly Order[];
  readonly logins: ReadonlyMap<string, string>;
  readonly member: Member;
  readonly onRevoke: (order: Order) => void;
}

function OrderTable({ all, logins, member, onRevoke }: OrderTableProps): JSX.Element {
  const { orders } = useMessages();
  const formats = useFormats();
  const by = ({ kind, id }: Order['mintedBy']): string => {
    if (kind === 'system') return orders.system;
    if (kind === 'key') return orders.key;
    return id === member.id ? orders.you : (logins.get(id ?? '') ?? orders.gone);
  };
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col" class="numeric">
            {orders.count}
          </th>
          <th scope="col">{orders.created}</th>
          <th scope="col">{orders.expires}</th>
          <th scope="col">{orders.by}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {all.map((order) => (
          <tr key={order.order}>
            <td class="numeric" data-label={orders.count}>
              {formats.number(order.count)}
            </td>
            <td data-label={orders.created}>{formats.day(order.createdOn)}</td>
            <td data-label={orders.expires}>
              {order.expiresAt > serverNow() ? (
                formats.dateTime(order.expiresAt)
              ) : (
                <span class="tag">{orders.expired}</span>
              )}
            </td>
            <td data-label={orders.by}>{by(order.mintedBy)}</td>
            <td class="table-actions">
              <Button
                size="small"
                kind="danger"
                label={orders.revokeLabel(orders.numbers(order.count), formats.day(order.createdOn))}
                onClick={() => onRevoke(order)}
              >
                {orders.revoke}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RevokeOrderProps {
  readonly order: Order;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function RevokeOrder({ order, onClose, onDone }: RevokeOrderProps): JSX.Element {
  const { orders, parts } = useMessages();
  const revoke = useAction(async () => {
    await read(api.POST('/admin/v1/permission-numbers/revocations', { body: { order: order.order } }));
    onDone();
  });
  return (
    <Dialog title={orders.revokeTitle(orders.numbers(order.count))} onClose={onClose}>
      <Form action={revoke}>
        <p>{orders.revokeText}</p>
        <div class="buttons">
          <Button type="submit" kind="danger" busy={revoke.busy}>
            {orders.revoke}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {parts.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
