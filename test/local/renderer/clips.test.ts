import { describe, expect, it } from 'vitest';
import { base, segment, shows } from './support/drafts.js';
import { frameAt, near } from './support/draw.js';
import { gallery } from './support/gallery.js';
import { colorAt } from './support/read-video.js';

const draw = gallery();
const drawUpright = gallery([], { width: 90, height: 160 });

describe('clips', () => {
  const clip = (meta = {}) => base(segment(0, 1000, shows('clip.mp4', { kind: 'video', ...meta })));

  it('play from their beginning', async () => {
    const drawn = await draw(1000, clip());
    expect(near(colorAt(frameAt(drawn, 0), 0.5, 0.5), [255, 0, 0])).toBe(true);
  });

  it('begin where they are trimmed', async () => {
    const drawn = await draw(1000, clip({ in: 1500 }));
    expect(near(colorAt(frameAt(drawn, 400), 0.5, 0.5), [0, 255, 0])).toBe(true);
    expect(near(colorAt(frameAt(drawn, 600), 0.5, 0.5), [0, 0, 255])).toBe(true);
  });

  it('play faster, and hold their last picture after their end', async () => {
    const drawn = await draw(1000, clip({ speed: 4 }));
    expect(near(colorAt(frameAt(drawn, 300), 0.5, 0.5), [0, 255, 0])).toBe(true);
    expect(near(colorAt(frameAt(drawn, 900), 0.5, 0.5), [0, 0, 255])).toBe(true);
  });

  it('filmed upright are framed, not laid on their side', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('phone.mp4', { kind: 'video' }))));
    expect(near(colorAt(frameAt(drawn, 0), 0.5, 0.5), [255, 0, 0])).toBe(true);
    const [red] = colorAt(frameAt(drawn, 0), 0.1, 0.5);
    expect(red).toBeLessThan(220);
  });

  it('filmed lying are framed in an upright video', async () => {
    const [frame] = (await drawUpright(100, base(segment(0, 100, shows('clip.mp4', { kind: 'video' })))))
      .frames;
    if (!frame) throw new Error('there is no frame');
    expect([frame.width, frame.height]).toEqual([90, 160]);
    expect(near(colorAt(frame, 0.5, 0.5), [255, 0, 0])).toBe(true);
    expect(colorAt(frame, 0.5, 0.05)[0]).toBeLessThan(220);
  });
});
