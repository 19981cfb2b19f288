import type { ComponentType } from 'preact';
import type { Member, Role } from '../api/index.js';
import type { IconName } from '../design/parts/index.js';
import type { Messages } from '../i18n/messages/en.js';

/** What a view is told. */
export interface ViewProps {
  readonly member: Member;
  /** What of the path follows the view's own, segment by segment. */
  readonly rest: readonly string[];
}

/** A view, and who may see it. The server decides who may do what; this only keeps people from what it would refuse. */
export interface View {
  /** Its first segment, such as `/mint`. */
  readonly path: string;
  readonly roles: readonly Role[];
  readonly icon: IconName;
  readonly title: (messages: Messages) => string;
  /** Its code, which is fetched when somebody first opens it. */
  readonly load: () => Promise<ComponentType<ViewProps>>;
}

const ALL: readonly Role[] = ['operator', 'manager', 'issuer', 'auditor'];

/** In the order of the navigation; the first that a role may see is where it begins. */
const VIEWS: readonly View[] = [
  {
    path: '/mint',
    roles: ['issuer'],
    icon: 'number',
    title: ({ mint }) => mint.title,
    load: async () => (await import('./mint/mint-view.js')).MintView,
  },
  {
    path: '/team',
    roles: ['manager'],
    icon: 'team',
    title: ({ team }) => team.title,
    load: async () => (await import('./team/team-view.js')).TeamView,
  },
  {
    path: '/system',
    roles: ['operator'],
    icon: 'pulse',
    title: ({ system }) => system.title,
    load: async () => (await import('./system/system-view.js')).SystemView,
  },
  {
    path: '/figures',
    roles: ['operator', 'manager', 'auditor'],
    icon: 'chart',
    title: ({ figures }) => figures.title,
    load: async () => (await import('./figures/figures-view.js')).FiguresView,
  },
  {
    path: '/authorities',
    roles: ['operator'],
    icon: 'building',
    title: ({ authorities }) => authorities.title,
    load: async () => (await import('./authorities/authorities-view.js')).AuthoritiesView,
  },
  {
    path: '/regions',
    roles: ['operator'],
    icon: 'map',
    title: ({ regions }) => regions.title,
    load: async () => (await import('./regions/regions-view.js')).RegionsView,
  },
  {
    path: '/sites',
    roles: ['operator', 'manager'],
    icon: 'pin',
    title: ({ sites }) => sites.title,
    load: async () => (await import('./sites/sites-view.js')).SitesView,
  },
  {
    path: '/orders',
    roles: ['issuer', 'manager'],
    icon: 'list',
    title: ({ orders }) => orders.title,
    load: async () => (await import('./orders/orders-view.js')).OrdersView,
  },
  {
    path: '/audit',
    roles: ['operator', 'auditor'],
    icon: 'log',
    title: ({ audit }) => audit.title,
    load: async () => (await import('./audit/audit-view.js')).AuditView,
  },
  {
    path: '/account',
    roles: ALL,
    icon: 'shield',
    title: ({ account }) => account.title,
    load: async () => (await import('./account/account-view.js')).AccountView,
  },
];

export function viewsOf(role: Role): readonly View[] {
  return VIEWS.filter(({ roles }) => roles.includes(role));
}
