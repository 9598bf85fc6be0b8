// Proof of work for a lead form: finds a number so that SHA-256 of ticket, colon and number begins
// with enough zero bits, while the person reads. It asks nobody and keeps nothing. Without this script
// the form works too; it may then be sent a few seconds later.
"use strict";

const K = new Uint32Array(64);
const START = new Uint32Array(8);
(() => {
  // The first bits of the fractional parts of roots of primes (FIPS 180-4).
  const part = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  let at = 0;
  for (let n = 2; at < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) {
      prime = prime && n % d !== 0;
    }
    if (prime) {
      if (at < 8) {
        START[at] = part(Math.sqrt(n));
      }
      K[at] = part(Math.cbrt(n));
      at += 1;
    }
  }
})();

const W = new Uint32Array(64);
function block(state, bytes, from) {
  for (let i = 0; i < 16; i += 1) {
    const j = from + 4 * i;
    W[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15];
    const b = W[i - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// Tries numbers from `first` on for about `ms`; gives the number, or null and where to go on.
function search(prefix, bits, first, ms) {
  const whole = prefix.length - (prefix.length % 64);
  const middle = START.slice();
  for (let i = 0; i < whole; i += 64) {
    block(middle, prefix, i);
  }
  const rest = prefix.subarray(whole);
  const until = Date.now() + ms;
  let number = first;
  for (;;) {
    const digits = String(number);
    const length = rest.length + digits.length;
    const bytes = new Uint8Array(length + 9 > 64 ? 128 : 64);
    bytes.set(rest);
    for (let i = 0; i < digits.length; i += 1) {
      bytes[rest.length + i] = digits.charCodeAt(i);
    }
    bytes[length] = 0x80;
    new DataView(bytes.buffer).setUint32(bytes.length - 4, 8 * (whole + length));
    const state = middle.slice();
    for (let i = 0; i < bytes.length; i += 64) {
      block(state, bytes, i);
    }
    if (Math.clz32(state[0]) >= bits) {
      return { found: digits, next: number };
    }
    number += 1;
    if (number % 256 === 0 && Date.now() > until) {
      return { found: null, next: number };
    }
  }
}

function begin(form) {
  const bits = Number(form.dataset.workBits);
  const prefix = new TextEncoder().encode(`${form.elements.ticket.value}:`);
  let waiting = false;
  let done = false;
  form.addEventListener("submit", (event) => {
    if (!done) {
      event.preventDefault();
      waiting = true;
      form.setAttribute("aria-busy", "true");
    }
  });
  const go = (first) => {
    const { found, next } = search(prefix, bits, first, 15);
    if (found === null) {
      setTimeout(() => go(next), 0);
      return;
    }
    form.elements.work.value = found;
    done = true;
    if (waiting) {
      form.submit();
    }
  };
  go(0);
}

for (const form of document.querySelectorAll("form[data-work-bits]")) {
  begin(form);
}
