import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { formatCsv, parseCsv } from '../src/files.js';
import { gaussian, type PointCloud } from '../src/index.js';
import { toHex } from './clouds.js';

describe('formatCsv and parseCsv', () => {
  it('keep the bits of every number', () => {
    const words = createRng(1);
    const bits = new DataView(new ArrayBuffer(8));
    const values: number[] = [0, -0, 5e-324, 2.2250738585072014e-308, Number.MAX_VALUE, 0.1, 1e21, 1e-7, 2 ** 53 + 2];
    while (values.length < 3000) {
      bits.setUint32(0, words.uint32());
      bits.setUint32(4, words.uint32());
      if (Number.isFinite(bits.getFloat64(0))) values.push(bits.getFloat64(0));
    }
    const cloud = { points: Float64Array.from(values), count: 1000, dim: 3 };
    const back = parseCsv(formatCsv(cloud));
    expect(toHex(back.points)).toEqual(toHex(cloud.points));
    expect([back.count, back.dim, back.columns]).toEqual([1000, 3, []]);
  });

  it('keep names of columns, with quotes, delimiters and line breaks in them', () => {
    const columns = ['x, in m', 'the "other" one', 'two\nlines'];
    const cloud = gaussian(createRng(1), 4, { dim: 3 });
    for (const delimiter of [',', ';', '\t', ' '] as const) {
      const back = parseCsv(formatCsv(cloud, { columns, delimiter }), { header: true, delimiter });
      expect(back).toEqual({ ...cloud, columns });
    }
  });
});

describe('parseCsv', () => {
  it('reads the lines of any system, quotes, spaces, blank lines and a byte order mark', () => {
    const expected = { points: Float64Array.of(1, -2, 0.5, 3000), count: 2, dim: 2, columns: ['x', 'y'] };
    for (const text of [
      'x,y\n1,-2\n.5,3e3',
      '\uFEFFx,y\r\n1,-2\r\n\r\n+0.5,3.E+3\r\n',
      '"x","y"\r"1", -2 \r0.5,"3000"\r\n'.replace('\r\n', '\r'),
    ]) {
      expect(parseCsv(text, { header: true })).toEqual(expected);
    }
    expect(parseCsv('1\n2\n\n3\n').points).toEqual(Float64Array.of(1, 2, 3));
  });

  it('names the line and the column of what is no finite decimal number', () => {
    for (const field of ['', 'a', '0x10', '1,5', 'NaN', 'Infinity', '1e999', '1_000', '1 2', '--1', '.']) {
      const quoted = `"${field}"`;
      expect(() => parseCsv(`x,y\n1,2\n\n3,${quoted}\n`, { header: true })).toThrow(
        `"text" line 4, column 2 expected a finite decimal number, got ${quoted}`,
      );
    }
    expect(() => parseCsv('x,y\n1,2')).toThrow('"text" line 1, column 1 expected a finite decimal number, got "x"');
    // A name of two lines counts as two.
    expect(() => parseCsv('"a\nb",c\n1,2\nz,4', { header: true })).toThrow('"text" line 4, column 1 expected');
  });

  it('names the line of another length than the first, and of a quote out of place', () => {
    expect(() => parseCsv('1,2\n3,4,5')).toThrow('"text" line 2 expected 2 columns as above, got 3');
    expect(() => parseCsv('x,y,z\n3,4', { header: true })).toThrow('"text" line 2 expected 3 columns as above, got 2');
    expect(() => parseCsv('1,2\n3,"4')).toThrow('"text" line 2 expected fields of CSV, got: Quoted field unterminated');
    expect(() => parseCsv('1,2\n3,"4"5\n6,7')).toThrow('"text" line 2 expected fields of CSV, got: ');
  });

  it('refuses what has no points, is no text, or has unknown options', () => {
    for (const text of ['', '\n \n', '\uFEFF'])
      expect(() => parseCsv(text)).toThrow('"text" expected at least one line');
    expect(() => parseCsv('x,y\n', { header: true })).toThrow('"text" expected at least one line of numbers, got none');
    expect(() => parseCsv(5 as never)).toThrow('"text" expected a string, got 5');
    expect(() => parseCsv('1', { header: 1 as never })).toThrow('"header" expected a boolean, got 1');
    expect(() => parseCsv('1', { delimiter: '"' as never })).toThrow('"delimiter" expected one of');
    expect(() => parseCsv('1', { comma: true } as never)).toThrow('"options" expected only the options');
  });
});

describe('formatCsv', () => {
  const cloud: PointCloud = { points: Float64Array.of(1, 2), count: 1, dim: 2 };

  it('refuses what is no cloud, and names that are not one for each column', () => {
    expect(() => formatCsv(null as never)).toThrow('"cloud" expected { points, count, dim }, got null');
    expect(() => formatCsv({ ...cloud, count: 2 })).toThrow('"cloud.points" expected length 4, got 2');
    expect(() => formatCsv({ ...cloud, dim: 0 })).toThrow('"cloud.dim" expected');
    expect(() => formatCsv({ ...cloud, points: Float64Array.of(1, NaN) })).toThrow('"cloud.points[1]" expected');
    expect(() => formatCsv(cloud, { columns: ['x'] })).toThrow('"columns" expected length 2, got 1');
    expect(() => formatCsv(cloud, { columns: ['x', 2 as never] })).toThrow('"columns[1]" expected a string, got 2');
    expect(() => formatCsv(cloud, { delimiter: '|' as never })).toThrow('"delimiter" expected one of');
    expect(() => formatCsv(cloud, { header: true } as never)).toThrow('"options" expected only the options');
  });
});
