// Keccak-256 as Ethereum uses it (the padding from before FIPS 202). Browsers have none; messages here are short.
const rate = 136;
const mask = (1n << 64n) - 1n;

export function keccak256(input) {
  const padded = new Uint8Array((Math.floor(input.length / rate) + 1) * rate);
  padded.set(input);
  padded[input.length] ^= 0x01;
  padded[padded.length - 1] ^= 0x80;

  const lanes = new Array(25).fill(0n);
  const view = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += rate) {
    for (let lane = 0; lane < rate / 8; lane++) lanes[lane] ^= view.getBigUint64(block + lane * 8, true);
    permute(lanes);
  }
  const hash = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane++) hash.setBigUint64(lane * 8, lanes[lane], true);
  return new Uint8Array(hash.buffer);
}

// Keccak-f[1600], FIPS 202 §3.3; lane (x, y) stands at x + 5y.
function permute(lanes) {
  let register = 1;
  for (let round = 0; round < 24; round++) {
    theta(lanes);
    rhoAndPi(lanes);
    chi(lanes);
    for (let bit = 0; bit < 7; bit++) {
      if (register & 1) lanes[0] ^= 1n << BigInt((1 << bit) - 1);
      register = register & 0x80 ? (register << 1) ^ 0x171 : register << 1;
    }
  }
}

function theta(lanes) {
  const parity = [0, 1, 2, 3, 4].map((x) => lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]);
  for (let lane = 0; lane < 25; lane++) lanes[lane] ^= parity[(lane + 4) % 5] ^ rotate(parity[(lane + 1) % 5], 1n);
}

function rhoAndPi(lanes) {
  let [x, y, moved] = [1, 0, lanes[1]];
  for (let step = 1; step <= 24; step++) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    const next = lanes[x + 5 * y];
    lanes[x + 5 * y] = rotate(moved, BigInt(((step * (step + 1)) / 2) % 64));
    moved = next;
  }
}

function chi(lanes) {
  for (let y = 0; y < 25; y += 5) {
    const row = lanes.slice(y, y + 5);
    for (let x = 0; x < 5; x++) lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & mask & row[(x + 2) % 5]);
  }
}

function rotate(lane, by) {
  return ((lane << by) | (lane >> (64n - by))) & mask;
}
