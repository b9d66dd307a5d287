import { describe, expect, it } from 'vitest';
import { base, overlay, segment, shows } from '../support/drafts.js';
import { frameAt } from '../support/draw.js';
import { gallery } from '../support/gallery.js';
import { colorAt } from '../support/read-video.js';

const draw = gallery();

describe('logos', () => {
  it('stand in their corner over every picture, whole and unmoved', async () => {
    const logo = segment(0, 400, shows('logo.png', { role: 'logo', scale: 0.2 }));
    const drawn = await draw(
      400,
      base(segment(0, 400, shows('marked.png', { motion: 'zoom-in' }))),
      overlay(logo),
    );
    for (const ms of [0, 300]) {
      expect(colorAt(frameAt(drawn, ms), 0.9, 0.15)).toEqual([0, 255, 0]);
      expect(colorAt(frameAt(drawn, ms), 0.1, 0.15)).not.toEqual([0, 255, 0]);
    }
  });

  it('stand where they are put', async () => {
    const logo = segment(0, 100, shows('logo.png', { role: 'logo', scale: 0.2, position: 'bottom-left' }));
    const drawn = await draw(100, base(segment(0, 100, shows('red.png'))), overlay(logo));
    expect(colorAt(frameAt(drawn, 0), 0.1, 0.85)).toEqual([0, 255, 0]);
  });
});
