/** From generated images to numbers and pictures. */
import type { GeneratedImages } from './generate-images.js';
import type { ImageFolder } from './image-folder.js';
import type { ImageMethodResult } from './image-results.js';
import type { ImageMethodName } from './image-settings.js';
import { medianNearest, type ImageTask } from './image-task.js';
import { digitFrechet, digitPrecisionRecall, judgeDigits } from './judge/judge-digits.js';
import { framesPicture, nearestPicture, pairsPicture, samplesPicture } from './picture/pictures.js';

/** Judges what a method generated and draws it. */
export async function judgeGenerated(
  method: ImageMethodName,
  judge: Float32Array,
  { starts, training, reference, record }: ImageTask,
  generated: GeneratedImages,
  folder: ImageFolder,
): Promise<Pick<ImageMethodResult, 'judgement' | 'pictures'>> {
  const { images, onTheWay, pathEnergy, transportCost, nfe, seconds } = generated;
  const { dim } = training;
  const seen = judgeDigits(judge, images);
  const prefix = method.toLowerCase();
  const pictures = {
    samples: `${prefix}-samples.png`,
    frames: `${prefix}-frames.png`,
    nearest: `${prefix}-nearest.png`,
  };
  const isNoise = record.task === 'noise to digits';
  await folder.draw(pictures.samples, isNoise ? samplesPicture(images, dim) : pairsPicture(starts, images, dim));
  await folder.draw(pictures.frames, framesPicture(onTheWay, dim));
  await folder.draw(pictures.nearest, nearestPicture(images, training));
  return {
    pictures,
    judgement: {
      count: images.length / dim,
      frechet: digitFrechet(seen, reference),
      ...digitPrecisionRecall(seen, reference),
      classes: seen.classes,
      pathEnergy,
      transportCost,
      nearestTraining: medianNearest(images, training),
      nfe,
      samplingSeconds: seconds,
    },
  };
}
