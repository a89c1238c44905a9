import { crc32, deflateSync } from 'node:zlib';
import { pixelsOf } from '../support/png.ts';

/** The picture with at most 256 colours, a byte a pixel: text on plain grounds looks the same and takes a third of the room. */
export function smallPng(png: Uint8Array): Uint8Array {
  const size = Buffer.from(png).subarray(16, 24);
  const width = size.readUInt32BE(0);
  const coarse = pixelsOf(png).map(([red, green, blue]) => (snap(red) << 16) | (snap(green) << 8) | snap(blue));
  const palette = mostUsed(coarse);
  const places = new Map(palette.map((colour, at) => [colour, at]));
  const rows = Buffer.alloc((width + 1) * (coarse.length / width));
  for (const [at, colour] of coarse.entries()) {
    const place = places.get(colour) ?? nearest(palette, colour);
    places.set(colour, place);
    rows[at + Math.floor(at / width) + 1] = place;
  }
  const header = Buffer.concat([size, Buffer.from([8, 3, 0, 0, 0])]);
  const colours = Buffer.from(palette.flatMap((colour) => channelsOf(colour)));
  return Buffer.concat([
    Buffer.from(png).subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** To one of 18 steps, black and white among them. */
function snap(part: number): number {
  return Math.round(part / 15) * 15;
}

function mostUsed(colours: readonly number[]): number[] {
  const uses = new Map<number, number>();
  for (const colour of colours) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  return [...uses]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 256)
    .map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((one) => distance(channelsOf(one), channelsOf(colour)));
  return distances.indexOf(Math.min(...distances));
}

function distance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((all, part, at) => all + (part - (other[at] ?? 0)) ** 2, 0);
}

function channelsOf(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
