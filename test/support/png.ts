import { inflateSync } from 'node:zlib';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** The pixels of an 8-bit RGB or RGBA picture, row by row (ISO/IEC 15948: chunks, filters 0 to 4). */
export function pixelsOf(png: Uint8Array): Pixel[] {
  const bytes = Buffer.from(png);
  const width = bytes.readUInt32BE(16);
  const channels = bytes[25] === 6 ? 4 : 3;
  const rows = inflateSync(Buffer.concat(dataOf(bytes)));
  const stride = width * channels;
  let above: number[] = Array.from({ length: stride }, () => 0);
  const pixels: Pixel[] = [];
  for (let start = 0; start < rows.length; start += stride + 1) {
    const row = unfiltered(rows[start] ?? 0, [...rows.subarray(start + 1, start + 1 + stride)], above, channels);
    for (let at = 0; at < stride; at += channels) {
      const [red = 0, green = 0, blue = 0, alpha = 255] = row.slice(at, at + channels);
      pixels.push([red, green, blue, alpha]);
    }
    above = row;
  }
  return pixels;
}

function dataOf(bytes: Buffer): Buffer[] {
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return data;
}

function unfiltered(filter: number, row: number[], above: readonly number[], channels: number): number[] {
  for (let at = 0; at < row.length; at++) {
    const [left, up, corner] = [
      row[at - channels] ?? 0,
      above[at] ?? 0,
      at < channels ? 0 : (above[at - channels] ?? 0),
    ];
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    row[at] = ((row[at] ?? 0) + guess) & 255;
  }
  return row;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
