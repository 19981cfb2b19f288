import { networkOf } from './network.js';

test.each([
  ['192.0.2.77', 'c00002'],
  ['::ffff:192.0.2.77', 'c00002'],
  ['2001:db8:1234:5678::1', '20010db81234'],
  ['2001:db8::1', '20010db80000'],
  ['2001:db8:1:2:3:4:5:6', '20010db80001'],
  ['::1', '000000000000'],
  ['fe80::1%eth0', 'fe8000000000'],
  ['64:ff9b::192.0.2.1', '0064ff9b0000'],
  ['nonsense', ''],
])('%s lies in %s', (address, network) => {
  expect(networkOf(address).toString('hex')).toBe(network);
});
