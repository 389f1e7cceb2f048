import { createRng, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  adaptationTasks,
  checkerboard,
  circles,
  eightGaussians,
  eightGaussiansMixture,
  eightGaussiansTutorial,
  gaussian,
  imageSampler,
  moons,
  moonsTutorial,
  outlineSampler,
  pinwheel,
  polygonSampler,
  scurve,
  shapes,
  spirals,
  swissRoll,
  transportTasks,
  type PointSampler,
} from '../src/index.js';
import { toHex } from './clouds.js';

const GENERATORS: [name: string, sampler: PointSampler][] = [
  ['checkerboard', (rng, count) => checkerboard(rng, count)],
  ['circles', (rng, count) => circles(rng, count)],
  ['eightGaussians', (rng, count) => eightGaussians(rng, count)],
  ['eightGaussiansMixture', (rng, count) => eightGaussiansMixture(rng, count)],
  ['eightGaussiansTutorial', eightGaussiansTutorial],
  ['gaussian', (rng, count) => gaussian(rng, count)],
  ['moons', (rng, count) => moons(rng, count)],
  ['moonsTutorial', (rng, count) => moonsTutorial(rng, count)],
  ['pinwheel', (rng, count) => pinwheel(rng, count)],
  ['scurve', (rng, count) => scurve(rng, count)],
  ['spirals', (rng, count) => spirals(rng, count)],
  ['swissRoll', (rng, count) => swissRoll(rng, count)],
  ['moonsToEightGaussians.source', transportTasks.moonsToEightGaussians.source],
  ['moonsToEightGaussians.target', transportTasks.moonsToEightGaussians.target],
  ['imageSampler', imageSampler({ data: [1, 2, 3, 4, 5, 6], width: 3, height: 2 })],
  ...Object.entries(shapes).flatMap(([name, rings]): [string, PointSampler][] => [
    [`inside ${name}`, polygonSampler(rings)],
    [`outline of ${name}`, outlineSampler(rings)],
  ]),
  ...Object.entries(adaptationTasks).flatMap(([name, { source, target }]): [string, PointSampler][] => [
    [`${name}.source`, source],
    [`${name}.target`, target],
  ]),
];

// Recorded once: the bits of the first two points of five, seed 42.
const FIRST_POINTS: Record<string, string[]> = {
  checkerboard: ['40098c49fa0430b8', 'bffd1a2c80617590', '400e32c1f5b2ec88', '4001c8faf2cd71fc'],
  circles: ['bff9712f5b19218c', '40029d1ffec716dd', '3fedcb578d18e5ff', '3fe12ceeb3d2f2a6'],
  eightGaussians: ['bfd0016a1835a8a9', '40053deddb1d88cc', '400df276ab8f4232', '40061b657b002902'],
  eightGaussiansMixture: ['40090782a6feee53', 'c017be98f62ab4d2', '4011812200b5a33c', 'c0029502cd8d9c77'],
  eightGaussiansTutorial: ['400a7431f7049521', 'c0138abd7fc6e3f9', '4010086b799a3499', 'c006d40d181ae6a3'],
  gaussian: ['40037530cbdbfbee', '3fcf5a561551d94b', 'bff565c455f45373', '3feae5f80530eee0'],
  moons: ['bff223c6d5653b8c', '3ff1584c66a8d8be', '3ff1f0c0a3b6afa8', 'bfbf2fd23b22ae60'],
  moonsTutorial: ['bfee42e7803a79bd', '3fe1bd187fc58642', '4003d6add3c45462', 'bfe0a548b0eeae76'],
  pinwheel: ['3ffaf530d196487b', '3fe60d30070be8ba', '4001ddaa53285cf5', '3ff28b2c98979515'],
  scurve: ['bff966e2af8daad2', 'bff7ce4d86fd8dc6', '3ff434b0b105b1d8', 'bfe28776bbc68dd1'],
  spirals: ['3ff589b4220bd146', 'c0012f7f15fea76f', 'bff45dd5e35087f7', 'bfa0d97015d24a68'],
  swissRoll: ['bfa6f8c26dc3ae26', '4008f84eb2a70ea5', 'bff0f8a55e0e50ca', 'bffa0b387e08d88b'],
  'moonsToEightGaussians.source': ['c010804fb1268c36', '3ffae6245169cca5', '40181b9cf4d847f8', 'c0101da53825173e'],
  'moonsToEightGaussians.target': ['401f7ffb16e6c462', 'c0282c1f4573d070', '40237e060d5c033f', 'c01aaa1b33d1c6fd'],
  imageSampler: ['3fd5aeb9fb264dea', 'bfe34d8d0221eeca', 'bfd092b823317ab2', 'bfe41a8f50067fac'],
  'inside annulus': ['3fbb30c3665b5b4e', '3fefb906f14db7b8', '3fd96dcb68078910', '3fec9560d18163c4'],
  'outline of annulus': ['3fdfba58a95d45dc', 'bfb0a39e1aee80d0', '3fdbe07cef34c771', 'bfeccc184813f536'],
  'inside crescent': ['3fd958de16857cfa', '3fee65f1593cd0bc', '3fdec2ab7c67be07', '3fed9f0c8ea25180'],
  'outline of crescent': ['3fe8f021621f8be1', 'bfe8c3b8a3331fc8', '3fd21d4753c986f4', '3fe99a80c6304bd8'],
  'inside flower': ['3fd28cd6b1ad79a6', '3fed723b1f52bf1c', '3fd57c6bfdd2375c', '3fe8ba262f413b5e'],
  'outline of flower': ['3fee15fe89b759ff', 'bfb1190622535d0e', '3fe2dd501261808a', 'bfce0a3d7de8445a'],
  'inside heart': ['3fe82769bd5fe4b2', '3fe90e7b93e69982', 'bfb9d9296724f3b0', '3fe4107c86b6f22f'],
  'outline of heart': ['bfccd1fc654eeccd', '3fea5e8618d726df', 'bfcdc1bc8806b140', '3fea80d843cabfe2'],
  'inside infinity': ['3fea9ac860b97d52', '3fdbb106425c09f5', '3feca2a595ea0133', '3fd640a031183b82'],
  'outline of infinity': ['3fefee9a95bddba6', 'bfb09213ec27fc54', '3fd01ae9e7bd6870', 'bfcf278df55b50a0'],
  'inside star': ['3f91b4c0ddcfc8c2', '3fec549cf8a983ff', '3feaedb8795b5b55', '3fc8322ea17425a2'],
  'outline of star': ['3fcdf82aba228905', '3fcd7fb7d902e540', '3f9b389c6ce47198', '3febd0d4a3b965bd'],
  'threeGaussians.source': ['3fe2faf29b7f8e4b', 'c003346bec365ee5', '3ffd72fc02987770', '3ff367866522dc92'],
  'threeGaussians.target': ['3ff97d794dbfc726', 'c003346bec365ee5', '4006b97e014c3bb8', '3ff367866522dc92'],
  'movedGaussians.source': ['3fe2faf29b7f8e4b', 'c003346bec365ee5', '3ffd72fc02987770', '3ff367866522dc92'],
  'movedGaussians.target': ['4016db1a16c02e54', '3fcbd9f5b061b500', '4013f34c21486a58', '400fc3bf5d4aab9d'],
  'rotatedMoons.source': ['3fa6e2170852c856', 'bfe69c8f071f0b4a', '3fd48ed7ee9aa692', 'bfb519d32bf2464c'],
  'rotatedMoons.target': ['3fdf429281191c92', 'bfe066f2f1a269d7', '3fd323a0e7921db3', '3fc258c31f61e280'],
};

describe.each(GENERATORS)('%s', (name, sample) => {
  it('draws a cloud of the shape asked for, finite and without repeats', () => {
    for (const count of [1, 2, 3, 7, 9, 64]) {
      const cloud = sample(createRng(count), count);
      expect([cloud.count, cloud.dim, cloud.points.length]).toEqual([count, 2, 2 * count]);
      expect(cloud.points).toBeInstanceOf(Float64Array);
      expect(cloud.points.every(Number.isFinite)).toBe(true);
      const rows = Array.from({ length: count }, (_, i) => cloud.points.slice(2 * i, 2 * i + 2).join());
      expect(new Set(rows).size).toBe(count);
    }
  });

  it('gives the recorded bits for a seed', () => {
    const rng = createRng(42);
    expect(toHex(sample(rng, 5).points.subarray(0, 4))).toEqual(FIRST_POINTS[name]);
  });

  it('gives the same cloud for one seed and another one at the next call', () => {
    const rng = createRng(1);
    const first = sample(rng, 10);
    expect(sample(createRng(1), 10)).toEqual(first);
    expect(sample(rng, 10).points).not.toEqual(first.points);
  });

  it('refuses counts that are not whole numbers of at least 1', () => {
    for (const count of [0, -1, 1.5, NaN, Infinity, 2 ** 31]) {
      expect(() => sample(createRng(1), count)).toThrow(RangeError);
    }
    for (const count of [undefined, null, '5']) expect(() => sample(createRng(1), count as never)).toThrow(TypeError);
  });

  it('refuses a missing generator with advice', () => {
    expect(() => sample(undefined as never as Rng, 5)).toThrow('"rng" expected an Rng such as createRng(0)');
  });
});

describe('the options', () => {
  const rng = createRng(1);
  it('are refused where they are unknown', () => {
    expect(() => moons(rng, 5, { sigma: 1 } as never)).toThrow('expected only the options "noise", got "sigma"');
    expect(() => scurve(rng, 5, { sd: 1 } as never)).toThrow(RangeError);
    expect(() => moonsTutorial(rng, 5, { sd: 1 } as never)).toThrow(RangeError);
    expect(() => eightGaussians(rng, 5, { scale: 1 } as never)).toThrow(RangeError);
    expect(() => gaussian(rng, 5, { std: 1 } as never)).toThrow(RangeError);
    expect(() => checkerboard(rng, 5, { cells: 4 } as never)).toThrow(RangeError);
    expect(() => circles(rng, 5, { factor: 0.5 } as never)).toThrow(RangeError);
    expect(() => pinwheel(rng, 5, { rate: 1 } as never)).toThrow(RangeError);
    expect(() => spirals(rng, 5, { turns: 2 } as never)).toThrow(RangeError);
    expect(() => swissRoll(rng, 5, { turns: 2 } as never)).toThrow(RangeError);
  });

  it('are refused where they are negative, NaN or infinite', () => {
    for (const value of [-1, NaN, Infinity]) {
      expect(() => moons(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => moonsTutorial(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => scurve(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => eightGaussians(rng, 5, { radius: value })).toThrow(/"radius" expected/);
      expect(() => eightGaussiansMixture(rng, 5, { sd: value })).toThrow(/"sd" expected/);
      expect(() => gaussian(rng, 5, { sd: value })).toThrow(/"sd" expected/);
      expect(() => gaussian(rng, 5, { dim: value })).toThrow(/"dim" expected/);
      expect(() => checkerboard(rng, 5, { halfWidth: value })).toThrow(/"halfWidth" expected/);
      expect(() => circles(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => circles(rng, 5, { radii: [1, value] })).toThrow(/"radii(\[1\])?" expected/);
      expect(() => pinwheel(rng, 5, { radialSd: value })).toThrow(/"radialSd" expected/);
      expect(() => pinwheel(rng, 5, { tangentialSd: value })).toThrow(/"tangentialSd" expected/);
      expect(() => pinwheel(rng, 5, { twist: value * 2000 })).toThrow(/"twist" expected/);
      expect(() => pinwheel(rng, 5, { arms: value })).toThrow(/"arms" expected/);
      expect(() => spirals(rng, 5, { jitter: value })).toThrow(/"jitter" expected/);
      expect(() => spirals(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => swissRoll(rng, 5, { noise: value })).toThrow(/"noise" expected/);
    }
    expect(() => circles(rng, 5, { radii: [] })).toThrow('"radii" expected at least one radius, got none');
    expect(() => gaussian(rng, 5, { mean: NaN })).toThrow(/"mean" expected/);
    for (const squares of [0, 1, 3, 2.5]) expect(() => checkerboard(rng, 5, { squares })).toThrow(/"squares" expected/);
  });
});
