import { passwordFault } from './password-policy.js';

test.each([
  ['eleven characters', 'rkq vhz tbn', /at least 12/],
  ['one that is in the list', '1qaz2wsx3edc', /common/],
  ['one of the list in another case', 'Qwerty123456', /common/],
  ['one of the list in full-width letters', 'ｑｗｅｒｔｙ１２３４５６', /common/],
  ['a common word with a year and signs', '!!Password2026!', /common/],
  ['a common word twice', 'dragondragon', /common/],
  ['digits alone', '839105528471', /common/],
  ['a short thing over and over', 'k7!k7!k7!k7!k7!', /common/],
  ['the alphabet', 'abcdefghijklmno', /common/],
  ['the login inside', 'my Nurse-West key', /login/],
  ['more than anybody types', 'long enough '.repeat(30), /at most 256/],
])('refuses %s', (_, password, reason) => {
  expect(passwordFault(password, 'nurse-west')).toMatch(reason);
});

test.each([
  ['a few words', 'correct horse battery staple'],
  ['random letters without digits or signs', 'vkqzjwmxbtrh'],
  ['a language of other letters', 'верная лошадь батарея'],
  ['twelve characters beyond the basic plane', '🐴🔋📎✅🐴🔋🔋📎✅📎🐴✅'],
])('takes %s', (_, password) => {
  expect(passwordFault(password, 'nurse-west')).toBeUndefined();
});
