// Writes spec/vectors/evm.json: what viem, an implementation that is not ours, makes of calls, transactions and
// signatures. Run it again after changing the cases: node test/interop/vectors.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import {
  encodeAbiParameters, encodeEventTopics, encodeFunctionData, getAddress, getContractAddress, hashTypedData,
  keccak256, pad, parseAbiParameters, serializeTransaction, toEventHash, toFunctionSelector, toHex, toRlp,
} from 'viem';
import { privateKeyToAccount, sign } from 'viem/accounts';

const word = digit => '0x' + digit.repeat(64);
const max = bits => ((1n << BigInt(bits)) - 1n).toString();
const alice = '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf';
const bob = '0x2b5ad5c4795c026514f8317c7a215e218dccd6cf';
const text = value => JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each));

const signatures = [
  'transfer(address,uint256)', 'deposit(bytes32)', 'deposit(bytes32,uint256)', 'end()', 'Error(string)', 'Panic(uint256)',
  'claim((bytes32,uint256,int256),bytes32[])', 'claimMulti((bytes32,uint256,int256)[],bytes32[],bool[])',
].map(signature => ({ signature, selector: toFunctionSelector(signature) }));

const events = [
  'Deposited(bytes32,uint256,uint256)', 'Transfer(address,address,uint256)', 'VaultCreated(bytes32,address)',
  'Good(uint256,bytes32)',
].map(signature => ({ signature, topic: toEventHash(signature) }));

// Decimal text where the type is a number, so that JSON keeps every digit.
const abi = [
  ['uint256 zero', 'uint256', ['0']],
  ['uint256 largest', 'uint256', [max(256)]],
  ['uint8 largest', 'uint8', ['255']],
  ['uint48', 'uint48', [max(48)]],
  ['int256 minus one', 'int256', ['-1']],
  ['int256 smallest', 'int256', [(-(1n << 255n)).toString()]],
  ['int8 smallest', 'int8', ['-128']],
  ['int8 largest', 'int8', ['127']],
  ['int128 negative', 'int128', ['-170141183460469231731687303715884105728']],
  ['bool true', 'bool', [true]],
  ['bool false', 'bool', [false]],
  ['address', 'address', [alice]],
  ['bytes1', 'bytes1', ['0xff']],
  ['bytes4', 'bytes4', ['0x12345678']],
  ['bytes32', 'bytes32', [word('a')]],
  ['bytes empty', 'bytes', ['0x']],
  ['bytes one', 'bytes', ['0x01']],
  ['bytes a word', 'bytes', [word('1')]],
  ['bytes a word and one', 'bytes', [word('1') + '02']],
  ['string empty', 'string', ['']],
  ['string ascii', 'string', ['hello']],
  ['string of other scripts', 'string', ['Zürich 東京 🌍']],
  ['string long', 'string', ['x'.repeat(100)]],
  ['uint256[] empty', 'uint256[]', [[]]],
  ['uint256[]', 'uint256[]', [['1', '2', '3']]],
  ['uint256[3]', 'uint256[3]', [['1', '2', '3']]],
  ['string[]', 'string[]', [['a', '', 'ccc']]],
  ['string[2]', 'string[2]', [['a', 'b']]],
  ['bytes[]', 'bytes[]', [['0x', '0x01']]],
  ['uint256[][]', 'uint256[][]', [[['1'], [], ['2', '3']]]],
  ['uint256[2][]', 'uint256[2][]', [[['1', '2'], ['3', '4']]]],
  ['uint256[][2]', 'uint256[][2]', [[['1'], ['2', '3']]]],
  ['static struct', '(bytes32,uint256,int256)', [[word('1'), '5', '-5']]],
  ['dynamic struct', '(string,uint8)', [['name', '7']]],
  ['array of static structs', '(bytes32,uint256,int256)[]', [[[word('1'), '5', '-5'], [word('2'), '6', '-6']]]],
  ['array of dynamic structs', '(string,bytes)[]', [[['a', '0x01'], ['', '0x']]]],
  ['struct in struct', '((uint8,string),bool)', [[['1', 'x'], true]]],
  ['many', 'uint256,string,bytes32[],bool,bytes', ['1', 'two', [word('3')], true, '0x0505']],
  ['dynamic first', 'bytes,uint256', ['0x010203', '9']],
  ['array of bools', 'bool[]', [[true, false, true]]],
  ['array of addresses', 'address[]', [[alice, bob]]],
  ['deep', 'uint8[2][2][2]', [[[['1', '2'], ['3', '4']], [['5', '6'], ['7', '8']]]]],
].map(([name, types, values]) => ({
  name, types: `(${types})`, values, encoded: encodeAbiParameters(parseAbiParameters(types), values),
}));

const number = value => toHex(BigInt(value), { size: 32 }).slice(2);
const abiInvalid = [
  ['nothing where a word should be', '(uint256)', '0x'],
  ['a short word', '(uint256)', '0x' + '0'.repeat(62)],
  ['a word too many', '(uint256)', '0x' + number(1) + number(2)],
  ['uint8 above its range', '(uint8)', '0x' + number(256)],
  ['int8 above its range', '(int8)', '0x' + number(128)],
  ['int8 without its sign', '(int8)', '0x' + number(255)],
  ['bool of two', '(bool)', '0x' + number(2)],
  ['address with thirteen bytes', '(address)', '0x' + '01'.padEnd(64, '0')],
  ['bytes4 with five', '(bytes4)', '0x' + '1234567890'.padEnd(64, '0')],
  ['bytes longer than the data', '(bytes)', '0x' + number(32) + number(33) + word('1').slice(2)],
  ['bytes of absurd length', '(bytes)', '0x' + number(32) + 'f'.repeat(64)],
  ['bytes with dirty padding', '(bytes)', '0x' + number(32) + number(1) + '01'.padEnd(63, '0') + '1'],
  ['offset into the head', '(bytes)', '0x' + number(0)],
  ['offset beyond the end', '(bytes)', '0x' + number(64) + number(0)],
  ['offset with a gap', '(bytes)', '0x' + number(64) + number(0) + number(0)],
  ['two arrays share a tail', '(uint256[],uint256[])', '0x' + number(64) + number(64) + number(1) + number(7)],
  ['array of absurd length', '(uint256[])', '0x' + number(32) + number(1n << 62n)],
  ['string of broken UTF-8', '(string)', '0x' + number(32) + number(1) + 'ff'.padEnd(64, '0')],
].map(([name, types, data]) => ({ name, types, data }));

const rlp = [
  ['empty string', '0x'], ['zero byte', '0x00'], ['one byte below 128', '0x7f'], ['one byte above 127', '0x80'],
  ['55 bytes', '0x' + '11'.repeat(55)], ['56 bytes', '0x' + '11'.repeat(56)], ['256 bytes', '0x' + '22'.repeat(256)],
  ['empty list', []], ['nested empty lists', [[], [[]], [[], [[]]]]], ['list of strings', ['0x636174', '0x646f67']],
  ['list longer than 55 bytes', ['0x' + '33'.repeat(40), '0x' + '44'.repeat(40)]],
].map(([name, item]) => ({ name, item, encoded: toRlp(item) }));

const rlpInvalid = [
  ['nothing', '0x'], ['a byte after the item', '0x0000'], ['string cut off', '0x8263'], ['list cut off', '0xc263'],
  ['one small byte with a prefix', '0x817f'], ['a long form for 55 bytes', '0xb837' + '11'.repeat(55)],
  ['a length with a leading zero', '0xb90038' + '11'.repeat(56)], ['a length of eight bytes', '0xbf' + 'ff'.repeat(8)],
  ['an item that leaves its list', '0xc183'], ['lists seventeen deep', '0xd0cfcecdcccbcac9c8c7c6c5c4c3c2c1c0'],
].map(([name, data]) => ({ name, data }));

const key = digit => '0x' + digit.padStart(64, '0');
const fees = (maxFeePerGas, maxPriorityFeePerGas) => ({ maxFeePerGas, maxPriorityFeePerGas });
const accessList = [{ address: alice, storageKeys: [word('1'), word('2')] }, { address: bob, storageKeys: [] }];
const drafts = [
  ['a payment', '1', { chainId: 1, nonce: 0, to: bob, value: 1n, gas: 21000n, ...fees(2000000000n, 1n) }],
  ['a call', '2', {
    chainId: 8453, nonce: 7, to: alice, value: 0n, gas: 90000n, ...fees(1000n, 1000n), data: '0xa9059cbb' + '00'.repeat(64),
  }],
  ['a creation', '3', { chainId: 31337, nonce: 128, value: 0n, gas: 16777216n, ...fees(1n, 0n), data: '0x6001600255' }],
  ['every number large', 'ffffffff', {
    chainId: 9007199254740991, nonce: 4294967295, to: bob, value: 1n << 127n, gas: 1n << 63n, ...fees(1n << 100n, 1n << 99n),
    data: '0x00',
  }],
  ['an access list', '5', { chainId: 10, nonce: 1, to: bob, value: 5n, gas: 50000n, ...fees(9n, 8n), accessList }],
  ['every number zero', '6', { chainId: 1, nonce: 0, to: alice, value: 0n, gas: 0n, ...fees(0n, 0n) }],
];
const transactions = await Promise.all(drafts.map(async ([name, digits, fields]) => {
  const account = privateKeyToAccount(key(digits));
  const unsigned = serializeTransaction({ type: 'eip1559', ...fields });
  const raw = await account.signTransaction({ type: 'eip1559', ...fields });
  return {
    name, privateKey: key(digits), sender: account.address.toLowerCase(), fields, signingHash: keccak256(unsigned), raw,
    hash: keccak256(raw),
  };
}));

const good = transactions[0];
const signed = (r, s, v) => serializeTransaction({ type: 'eip1559', ...good.fields }, { r, s, yParity: v });
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const parts = await sign({ hash: good.signingHash, privateKey: good.privateKey });
const highS = toHex(order - BigInt(parts.s), { size: 32 });
// The 32 bytes of r and their prefix give way to the prefix of zero; the list becomes that much shorter.
const withoutR = good.raw.replace('a0' + parts.r.slice(2), '80')
  .replace(/^0x02f8../, match => '0x02f8' + (parseInt(match.slice(6), 16) - 32).toString(16));
const transactionsInvalid = [
  ['nothing', '0x'], ['another type', '0x01' + good.raw.slice(4)], ['cut off', good.raw.slice(0, -2)],
  ['unsigned', serializeTransaction({ type: 'eip1559', ...good.fields })], ['a byte more', good.raw + '00'],
  ['high s', signed(parts.r, highS, 1 - parts.yParity)], ['r of zero', withoutR],
].map(([name, raw]) => ({ name, raw }));

const vault = '0x00000000000000000000000000000000000000aa';
const account = word('7');
const types = {
  Anchor: [{ name: 'size', type: 'uint48' }, { name: 'root', type: 'bytes32' }, { name: 'payoutRoot', type: 'bytes32' }],
  Claim: [{ name: 'account', type: 'bytes32' }, { name: 'payee', type: 'address' }, { name: 'claimable', type: 'uint256' }],
  Leave: [{ name: 'account', type: 'bytes32' }, { name: 'payee', type: 'address' }],
};
const typedData = [
  ['Anchor', { size: 1, root: word('1'), payoutRoot: word('0') }],
  ['Anchor', { size: Number(max(48)), root: word('f'), payoutRoot: word('e') }],
  ['Claim', { account, payee: alice, claimable: '0' }],
  ['Claim', { account, payee: bob, claimable: max(256) }],
  ['Leave', { account, payee: alice }],
].map(([primaryType, message], place) => {
  const domain = { name: 'ChainSpace', version: '1', chainId: 1 + place * 31336, verifyingContract: vault };
  const digest = hashTypedData({ domain, types, primaryType, message });
  return { name: `${primaryType} ${place}`, primaryType, chainId: domain.chainId, vault, message, digest };
});

// What a token has signed. The nonce of an authorization for a vault names the account: keccak256(abi.encode(account, salt)).
const tokenTypes = {
  Permit: [
    { name: 'owner', type: 'address' }, { name: 'spender', type: 'address' }, { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' }, { name: 'deadline', type: 'uint256' }],
  ReceiveWithAuthorization: [
    { name: 'from', type: 'address' }, { name: 'to', type: 'address' }, { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' }, { name: 'validBefore', type: 'uint256' }, { name: 'nonce', type: 'bytes32' }],
};
const nonce = keccak256(encodeAbiParameters(parseAbiParameters('bytes32, bytes32'), [account, word('4')]));
const tokenData = [
  ['Permit', { owner: alice, spender: vault, value: '5', nonce: '3', deadline: '9' }],
  ['ReceiveWithAuthorization', { from: alice, to: vault, value: '5', validAfter: '1', validBefore: '9', nonce }],
].map(([primaryType, message]) => {
  const domain = { name: 'Test dollar', version: '1', chainId: 31337, verifyingContract: bob };
  const digest = hashTypedData({ domain, types: tokenTypes, primaryType, message });
  return { name: primaryType, token: bob, chainId: domain.chainId, vault, account, salt: word('4'), message, digest };
});

const create2 = [
  ['0x' + '0'.repeat(40), word('0'), '0x00'], ['0x' + 'deadbeef'.padEnd(40, '0'), word('0'), '0x00'],
  [alice, pad('0xcafebabe', { size: 32 }), '0xdeadbeef'], [bob, word('1'), '0x'],
].map(([from, salt, bytecode]) => {
  const address = getContractAddress({ opcode: 'CREATE2', from, salt, bytecode }).toLowerCase();
  return { from, salt, initCode: bytecode, address };
});

const addresses = [
  alice, bob, '0x' + '0'.repeat(40), '0x' + 'f'.repeat(40), '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359',
].map(address => ({ address, checksum: getAddress(address) }));

const leafTypes = ['bytes32', 'uint256', 'int256'];
const leaves = [[word('1'), '5', '-5'], [word('2'), '0', '5'], [word('f'), max(256), max(255)]];
const payoutLeaves = leaves.map(leaf => ({ leaf, hash: StandardMerkleTree.of(leaves, leafTypes).leafHash(leaf) }));

// Every act of a vault, with arguments that are easy to tell apart.
const vaultAbi = JSON.parse(readFileSync(new URL('../../abi/SpaceVault.json', import.meta.url))).abi;
const head = { previous: word('1'), size: 7, at: 8, root: word('2'), payoutRoot: word('3') };
const leaf = { account, claimable: 5n, net: -5n };
const superLeaf = { space: word('1'), size: 9n, root: word('2'), payoutRoot: word('3'), reputationRoot: word('4') };
const p256 = { x: word('8'), y: word('9') };
const proof = [word('5'), word('6')];
const calls = [
  ['deposit', [account]], ['deposit', [account, 5n]], ['anchor', [7, word('1'), word('2')]],
  ['anchorEndorsed', [7, word('1'), word('2'), [alice, bob], ['0x1234', '0x']]],
  ['adopt', [superLeaf, word('7'), word('8'), proof]], ['endorse', [head, [alice, bob], ['0x1234', '0x']]],
  ['propose', [head]], ['promote', []], ['challenge', []], ['takeBond', [alice]],
  ['claim', [leaf, proof]], ['claimMulti', [[leaf, leaf], proof, [true, false]]],
  ['claimTo', [alice, p256, leaf, proof, word('a'), word('b')]], ['claimFor', [alice, leaf, proof, '0x1234']],
  ['end', []], ['settle', [leaf, proof]], ['leave', [account]], ['leaveTo', [alice, p256, word('a'), word('b')]],
  ['depositWithPermit', [account, 5n, 9n, 27, word('a'), word('b')]],
  ['depositWithAuthorization', [alice, account, 5n, 1n, 9n, word('4'), 28, word('a'), word('b')]],
  ['leaveFor', [alice, account, '0x1234']],
].map(([functionName, args]) => {
  const data = encodeFunctionData({ abi: vaultAbi, functionName, args });
  return { name: `${functionName}/${args.length}`, data };
});

// Every event the vault's code can emit.
const sample = { bytes32: word('7'), address: alice, uint256: 12n };
const vaultEvents = vaultAbi.filter(each => each.type === 'event' && each.name !== 'EIP712DomainChanged').map(event => {
  const indexed = event.inputs.filter(input => input.indexed), plain = event.inputs.filter(input => !input.indexed);
  const args = Object.fromEntries(event.inputs.map(input => [input.name, sample[input.type]]));
  return {
    name: event.name, topics: encodeEventTopics({ abi: [event], args: indexed.length ? args : undefined }),
    data: encodeAbiParameters(plain, plain.map(input => sample[input.type])),
  };
});

const sections = {
  signatures, events, abi, abiInvalid, rlp, rlpInvalid, transactions, transactionsInvalid, typedData, tokenData, create2,
  addresses, payoutLeaves, calls, vaultEvents,
};
const lines = cases => cases.map(each => '    ' + text(each)).join(',\n');
const body = Object.entries(sections).map(([name, cases]) => `  "${name}": [\n${lines(cases)}\n  ]`);
writeFileSync(new URL('../../../spec/vectors/evm.json', import.meta.url), `{\n${body.join(',\n')}\n}\n`);
console.log(Object.entries(sections).map(([name, cases]) => `${name} ${cases.length}`).join(', '));
