import { describe, expect, it } from 'vitest';
import { messageOf, type VideoWishes } from '../../../src/video/wishes.js';
import { CAFE, difference, lines, TRIP, tell } from './support.js';

/**
 * Ordinary sentences, and what each does: the lines of the timeline that it takes away and those that it leaves instead.
 * Nothing else may change, and what was not done is listed in the reply.
 */
interface Sentence {
  readonly says: string;
  readonly leaves: readonly string[];
  readonly takes?: readonly string[];
  readonly lists?: string;
}

const NEW: readonly Sentence[] = [
  {
    says: 'Put together a 12 second reel from my photos for Instagram stories',
    leaves: [
      'length 12s',
      'frame 1080x1920',
      'pictures espresso.jpg 3s, green-tea.jpg 3s, DSC_0042.jpg 3s, cake.png 3s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-12s',
    ],
  },
  {
    says: 'Create a 15-second video using only espresso.jpg and cake.png, with the title "Sweet"',
    leaves: [
      'length 15s',
      'frame 1920x1080',
      'pictures espresso.jpg 7.5s, cake.png 7.5s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'title “Sweet” 0.4-3.9s center',
    ],
  },
  {
    says: 'Make a 5-second video of only "cake.png" with the title "cake"',
    leaves: [
      'length 5s',
      'frame 1920x1080',
      'pictures cake.png 5s',
      'joins ',
      'logo cafe-logo.png top-right 0.16 0-5s',
      'title “cake” 0.4-3.9s center',
    ],
  },
  {
    says: '16 seconds, vertical, upbeat music, no captions.',
    leaves: [
      'length 16s',
      'frame 1080x1920',
      'pictures espresso.jpg 4s, green-tea.jpg 4s, DSC_0042.jpg 4s, cake.png 4s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-16s',
      'music Upbeat 35% 0-16s fades 0.8/2',
    ],
  },
  {
    says: "I'd like a square slideshow of the first two photos, 3 seconds each, no music",
    leaves: [
      'length 8s',
      'frame 1080x1080',
      'pictures espresso.jpg 4s, green-tea.jpg 4s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-8s',
    ],
    lists: '“3 seconds each”',
  },
  {
    says: 'Produce a teaser called "Opening soon" with cinematic music at 50% and hard cuts',
    leaves: [
      'length 16s',
      'frame 1920x1080',
      'pictures espresso.jpg 4s, green-tea.jpg 4s, DSC_0042.jpg 4s, cake.png 4s',
      'joins cut cut cut',
      'logo cafe-logo.png top-right 0.16 0-16s',
      'music Cinematic 50% 0-16s fades 0.8/2',
      'title “Opening soon” 0.4-3.9s center',
    ],
  },
  {
    says: 'A 15 second slideshow, square, titled Coffee Time',
    leaves: [
      'length 15s',
      'frame 1080x1080',
      'pictures espresso.jpg 3.8s, green-tea.jpg 3.8s, DSC_0042.jpg 3.8s, cake.png 3.8s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'title “Coffee Time” 0.4-3.9s center',
    ],
  },
  {
    says: 'Make an 8 second video with the title Sunday Roast and calm music at 25%',
    leaves: [
      'length 8s',
      'frame 1920x1080',
      'pictures espresso.jpg 2s, green-tea.jpg 2s, DSC_0042.jpg 2s, cake.png 2s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-8s',
      'music Ambient 25% 0-8s fades 0.8/2',
      'title “Sunday Roast” 0.4-3.9s center',
    ],
  },
  {
    says: 'A quiet Sunday at the café\nMake it 15 seconds long. Make it vertical, 9:16. Add the title "Sunday". Add lo-fi music.',
    leaves: [
      'length 15s',
      'frame 1080x1920',
      'pictures espresso.jpg 3.8s, green-tea.jpg 3.8s, DSC_0042.jpg 3.8s, cake.png 3.8s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'music Lo-fi 35% 0-15s fades 0.8/2',
      'title “Sunday” 0.4-3.9s center',
    ],
    lists: '“A quiet Sunday at the café”',
  },
  {
    says: 'Use these files: espresso.jpg, cake.png. Make a 10-second video. The aspect ratio is 9:16. No music.',
    leaves: [
      'length 10s',
      'frame 1080x1920',
      'pictures espresso.jpg 5s, cake.png 5s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-10s',
    ],
  },
  {
    says: 'Create a promo with a voice-over and the text "Open daily"',
    leaves: [
      'length 16s',
      'frame 1920x1080',
      'pictures espresso.jpg 4s, green-tea.jpg 4s, DSC_0042.jpg 4s, cake.png 4s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-16s',
      'overlay “Open daily” 0.4-3.4s center',
    ],
    lists: '“with a voice-over”',
  },
  {
    says: '用前三张照片做一个12秒的竖屏视频，配上轻快的音乐，标题“周末咖啡”',
    leaves: [
      'length 12s',
      'frame 1080x1920',
      'pictures espresso.jpg 4s, green-tea.jpg 4s, DSC_0042.jpg 4s',
      'joins 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-12s',
      'music Upbeat 35% 0-12s fades 0.8/2',
      'title “周末咖啡” 0.4-3.9s center',
    ],
  },
  {
    says: '做一个关于咖啡馆的视频。时长15秒。画面比例9:16。标题为“周末”。不要音乐。',
    leaves: [
      'length 15s',
      'frame 1080x1920',
      'pictures espresso.jpg 3.8s, green-tea.jpg 3.8s, DSC_0042.jpg 3.8s, cake.png 3.8s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'title “周末” 0.4-3.9s center',
    ],
  },
  {
    says: '用 espresso.jpg 和 cake.png 做一个8秒的视频，每张照片配上字幕',
    leaves: [
      'length 8s',
      'frame 1920x1080',
      'pictures espresso.jpg 4s, cake.png 4s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-8s',
    ],
    lists: '“每张照片配上字幕”',
  },
  {
    says: 'Make a video of only "cake.png"\nMake it 6 seconds long. Make it square (1:1). No music. Uploaded files: espresso.jpg, green-tea.jpg, DSC_0042.jpg, cake.png, cafe-logo.png.',
    leaves: [
      'length 6s',
      'frame 1080x1080',
      'pictures cake.png 6s',
      'joins ',
      'logo cafe-logo.png top-right 0.16 0-6s',
    ],
  },
  {
    says: '做一个温馨的周末视频\n时长15秒。做成竖屏（9:16）。加上标题“周末”。加上背景音乐：轻快。已上传的文件：espresso.jpg、green-tea.jpg、DSC_0042.jpg、cake.png、cafe-logo.png。',
    leaves: [
      'length 15s',
      'frame 1080x1920',
      'pictures espresso.jpg 3.8s, green-tea.jpg 3.8s, DSC_0042.jpg 3.8s, cake.png 3.8s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'music Upbeat 35% 0-15s fades 0.8/2',
      'title “周末” 0.4-3.9s center',
    ],
  },
  {
    says: 'Could you make a square 10s video out of these pictures?',
    leaves: [
      'length 10s',
      'frame 1080x1080',
      'pictures espresso.jpg 2.5s, green-tea.jpg 2.5s, DSC_0042.jpg 2.5s, cake.png 2.5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-10s',
    ],
  },
  {
    says: 'Make a video for TikTok about my coffee shop',
    leaves: [
      'length 16s',
      'frame 1080x1920',
      'pictures espresso.jpg 4s, green-tea.jpg 4s, DSC_0042.jpg 4s, cake.png 4s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-16s',
    ],
  },
  {
    says: 'Make the video 9:16 and 12 seconds long, with upbeat music at 40 % volume.',
    leaves: [
      'length 12s',
      'frame 1080x1920',
      'pictures espresso.jpg 3s, green-tea.jpg 3s, DSC_0042.jpg 3s, cake.png 3s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-12s',
      'music Upbeat 40% 0-12s fades 0.8/2',
    ],
  },
  {
    says: 'Make a vertical ad, fifteen seconds, upbeat music, and finish with "Order today".',
    leaves: [
      'length 15s',
      'frame 1080x1920',
      'pictures espresso.jpg 3.8s, green-tea.jpg 3.8s, DSC_0042.jpg 3.8s, cake.png 3.8s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'music Upbeat 35% 0-15s fades 0.8/2',
      'overlay “Order today” 12-15s center',
    ],
  },
  {
    says: 'Use song.wav as background music at half the volume and make the video 14 seconds long',
    leaves: [
      'length 14s',
      'frame 1920x1080',
      'pictures espresso.jpg 3.5s, green-tea.jpg 3.5s, DSC_0042.jpg 3.5s, cake.png 3.5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-14s',
    ],
    lists: '“Use song.wav as background music at half the volume”',
  },
];

const WORDS: readonly Sentence[] = [
  {
    says: 'Create a 20-second video about a lighthouse in a storm',
    leaves: [
      'length 20s',
      'frame 1920x1080',
      'pictures lighthouse in a storm 10s, lighthouse in a storm 10s',
      'joins 0.7',
    ],
  },
  {
    says: 'Film a trailer about rockets, with dramatic music, and add fireworks',
    leaves: [
      'length 10s',
      'frame 1920x1080',
      'pictures rockets 10s',
      'joins ',
      'music Cinematic 35% 0-10s fades 0.8/2',
    ],
    lists: '“add fireworks”',
  },
  {
    says: '生成一个10秒的海边日落视频，画面比例1:1',
    leaves: ['length 10s', 'frame 1080x1080', 'pictures 海边日落 10s', 'joins '],
  },
  {
    says: 'Make a longer video about cats',
    leaves: ['length 10s', 'frame 1920x1080', 'pictures cats 10s', 'joins '],
    lists: '“longer”',
  },
  {
    says: 'A red fox in the snow.\nMake it 10 seconds long.',
    leaves: ['length 10s', 'frame 1920x1080', 'pictures A red fox in the snow 10s', 'joins '],
  },
  {
    says: 'Waves at sunset\nMake it 10 seconds long. Make it vertical (9:16). Add background music.',
    leaves: [
      'length 10s',
      'frame 1080x1920',
      'pictures Waves at sunset 10s',
      'joins ',
      'music Lo-fi 35% 0-10s fades 0.8/2',
    ],
  },
  {
    says: '夕阳下的海浪\n时长10秒。做成方形（1:1）。不要音乐。',
    leaves: ['length 10s', 'frame 1080x1080', 'pictures 夕阳下的海浪 10s', 'joins '],
  },
];

const CAFE_EDITS: readonly Sentence[] = [
  ...['Cut it down to 12 seconds', '视频缩短到12秒', 'Shorten the video to 12 seconds'].map((says) => ({
    says,
    leaves: [
      'length 12s',
      'pictures espresso.jpg 3s, green-tea.jpg 3s, DSC_0042.jpg 3s, cake.png 3s',
      'logo cafe-logo.png top-right 0.16 0-12s',
      'music Lo-fi 35% 0-12s fades 0.8/2',
      'caption “Espresso” 0-3s bottom',
      'caption “Green Tea” 3-6s bottom',
      'caption “Cake” 9-12s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  })),
  {
    says: 'Make the whole thing 4 seconds longer',
    leaves: [],
    lists: '“Make the whole thing 4 seconds longer”',
  },
  {
    says: 'Show the cake for 8 seconds',
    leaves: [],
    lists: '“Show the cake for 8 seconds”',
  },
  {
    says: 'Change the title to Winter Menu in red',
    leaves: [],
    lists: '“Change the title to Winter Menu in red”',
  },
  {
    says: 'Give every photo 3 seconds',
    leaves: [],
    lists: '“Give every photo 3 seconds”',
  },
  {
    says: 'Drop the first 2 seconds',
    leaves: [
      'length 18s',
      'pictures espresso.jpg 3s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'logo cafe-logo.png top-right 0.16 0-18s',
      'music Lo-fi 35% 0-18s fades 0.8/2',
      'caption “Espresso” 0-3s bottom',
      'caption “Green Tea” 3-8s bottom',
      'caption “Cake” 13-18s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Take the third photo out and reverse the order',
    leaves: [
      'pictures cake.png 5s, DSC_0042.jpg 5s, green-tea.jpg 5s, espresso.jpg 5s',
      'caption “Cake” 0-5s bottom',
      'caption “Green Tea” 10-15s bottom',
      'caption “Espresso” 15-20s bottom',
    ],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
    lists: '“Take the third photo out”',
  },
  {
    says: 'Put the cake first',
    leaves: [],
    lists: '“Put the cake first”',
  },
  {
    says: 'Swap espresso.jpg and cake.png',
    leaves: [],
    takes: [],
    lists: '“Swap espresso.jpg and cake.png”',
  },
  {
    says: 'Keep only the first and the last photo',
    leaves: [
      'length 10s',
      'pictures espresso.jpg 5s, cake.png 5s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-10s',
      'music Lo-fi 35% 0-10s fades 0.8/2',
      'caption “Cake” 5-10s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Replace the second photo with cafe-logo.png',
    leaves: ['pictures espresso.jpg 5s, cafe-logo.png 5s, DSC_0042.jpg 5s, cake.png 5s'],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Green Tea” 5-10s bottom',
    ],
  },
  {
    says: 'Add a clip of rain on a window at the end',
    leaves: [],
    takes: [],
    lists: '“Add a clip of rain on a window at the end”',
  },
  {
    says: 'Turn it into a square video',
    leaves: ['frame 1080x1080'],
    takes: ['frame 1920x1080'],
  },
  {
    says: 'Switch to portrait for TikTok, please',
    leaves: ['frame 1080x1920'],
    takes: ['frame 1920x1080'],
  },
  {
    says: 'Change the title to "Winter Menu" and make it bigger',
    leaves: ['title “Winter Menu” 0.4-3.9s center 0.143'],
    takes: ['title “Café Nord” 0.4-3.9s center'],
  },
  {
    says: 'Make the title red and move it to the top',
    leaves: [],
    takes: [],
    lists: '“Make the title red”; “move it to the top”',
  },
  {
    says: 'Rename the title to Winter Menu',
    leaves: ['title “Winter Menu” 0.4-3.9s center'],
    takes: ['title “Café Nord” 0.4-3.9s center'],
  },
  {
    says: 'Show the captions for 2 seconds',
    leaves: [],
    lists: '“Show the captions for 2 seconds”',
  },
  {
    says: 'Remove the second photo and make photo 2 longer',
    leaves: [
      'length 15s',
      'pictures espresso.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-15s',
      'music Lo-fi 35% 0-15s fades 0.8/2',
      'caption “Cake” 10-15s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
    lists: '“make photo 2 longer”',
  },
  {
    says: 'Get rid of the captions',
    leaves: [],
    takes: [
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Caption the third photo "Our terrace"',
    leaves: ['caption “Our terrace” 10-15s bottom'],
  },
  {
    says: 'Show "Open until 8" from 6 to 9 seconds at the top',
    leaves: ['overlay “Open until 8” 6-9s top'],
    takes: [],
  },
  {
    says: "Write 'See you soon' at the end",
    leaves: [],
    lists: "“Write 'See you soon' at the end”",
  },
  {
    says: 'Change "Espresso" to "Double Espresso"',
    leaves: [],
    lists: '“Change "Espresso" to "Double Espresso"”',
  },
  {
    says: 'Remove the caption on the second photo and turn the music down',
    leaves: [],
    lists: '“Remove the caption on the second photo”; “turn the music down”',
  },
  {
    says: 'More cinematic music, please',
    leaves: ['music Cinematic 35% 0-20s fades 0.8/2'],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2'],
  },
  {
    says: 'Music at 20% and fade it out over 4 seconds',
    leaves: ['music Lo-fi 20% 0-20s fades 0.8/2'],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2'],
    lists: '“fade it out over 4 seconds”',
  },
  {
    says: 'Mute everything',
    leaves: [],
    lists: '“Mute everything”',
  },
  {
    says: 'No music, no title',
    leaves: [],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2', 'title “Café Nord” 0.4-3.9s center'],
  },
  {
    says: 'Move the logo to the bottom left and make it smaller',
    leaves: ['logo cafe-logo.png bottom-left 0.16 0-20s'],
    takes: ['logo cafe-logo.png top-right 0.16 0-20s'],
    lists: '“make it smaller”',
  },
  {
    says: 'Hide the logo',
    leaves: [],
    takes: ['logo cafe-logo.png top-right 0.16 0-20s'],
  },
  {
    says: 'Use 1.5 second dissolves',
    leaves: ['joins 1.5 1.5 1.5'],
    takes: ['joins 0.7 0.7 0.7'],
  },
  {
    says: 'Straight cuts only',
    leaves: ['joins cut cut cut'],
    takes: ['joins 0.7 0.7 0.7'],
  },
  {
    says: 'Speed it up a little',
    leaves: [
      'length 16s',
      'pictures espresso.jpg 4s, green-tea.jpg 4s, DSC_0042.jpg 4s, cake.png 4s',
      'logo cafe-logo.png top-right 0.16 0-16s',
      'music Lo-fi 35% 0-16s fades 0.8/2',
      'caption “Espresso” 0-4s bottom',
      'caption “Green Tea” 4-8s bottom',
      'caption “Cake” 12-16s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Blur the faces and add a sepia filter',
    leaves: [],
    takes: [],
    lists: '“Blur the faces”; “add a sepia filter”',
  },
  {
    says: 'Remove the waiter from the second photo',
    leaves: [],
    takes: [],
    lists: '“Remove the waiter from the second photo”',
  },
  {
    says: 'Make the title bigger, add confetti, and set the volume to 60%',
    leaves: ['music Lo-fi 60% 0-20s fades 0.8/2', 'title “Café Nord” 0.4-3.9s center 0.143'],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2', 'title “Café Nord” 0.4-3.9s center'],
    lists: '“add confetti”',
  },
  {
    says: "Don't touch the title, but remove the music",
    leaves: [],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2'],
  },
  {
    says: 'Translate everything into Spanish',
    leaves: [],
    takes: [],
    lists: '“Translate everything into Spanish”',
  },
  {
    says: 'How long is it now?',
    leaves: [],
    lists: '“How long is it”',
  },
  {
    says: 'Could you undo that?',
    leaves: [],
    takes: [],
    lists: '“undo that”',
  },
  {
    says: 'Add subtitles in French',
    leaves: [],
    takes: [],
    lists: '“Add subtitles in French”',
  },
  {
    says: '时长改成10秒，节奏快一点',
    leaves: [
      'length 10s',
      'pictures espresso.jpg 2.5s, green-tea.jpg 2.5s, DSC_0042.jpg 2.5s, cake.png 2.5s',
      'logo cafe-logo.png top-right 0.16 0-10s',
      'music Lo-fi 35% 0-10s fades 0.8/2',
      'caption “Espresso” 0-2.5s bottom',
      'caption “Green Tea” 2.5-5s bottom',
      'caption “Cake” 7.5-10s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
    lists: '“节奏快一点”',
  },
  {
    says: '把第三张照片移到最前面',
    leaves: [
      'pictures DSC_0042.jpg 5s, espresso.jpg 5s, green-tea.jpg 5s, cake.png 5s',
      'caption “Espresso” 5-10s bottom',
      'caption “Green Tea” 10-15s bottom',
    ],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
    ],
  },
  {
    says: '删掉第一张和最后一张',
    leaves: [
      'length 10s',
      'pictures green-tea.jpg 5s, DSC_0042.jpg 5s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-10s',
      'music Lo-fi 35% 0-10s fades 0.8/2',
      'caption “Green Tea” 0-5s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: '把标题改成“冬季菜单”，放大一点',
    leaves: ['title “冬季菜单” 0.4-3.9s center 0.143'],
    takes: ['title “Café Nord” 0.4-3.9s center'],
  },
  {
    says: '音乐换成舒缓的，音量20%',
    leaves: ['music Ambient 20% 0-20s fades 0.8/2'],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2'],
  },
  {
    says: '在第5秒到第8秒显示“周末半价”',
    leaves: ['overlay “周末半价” 5-8s center'],
    takes: [],
  },
  {
    says: '去掉所有字幕，不要音乐',
    leaves: [],
    takes: [
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'logo放到左下角',
    leaves: ['logo cafe-logo.png bottom-left 0.16 0-20s'],
    takes: ['logo cafe-logo.png top-right 0.16 0-20s'],
  },
  {
    says: '转场用1秒的交叉淡化',
    leaves: ['joins 1 1 1'],
    takes: ['joins 0.7 0.7 0.7'],
  },
  {
    says: '只保留前两张照片',
    leaves: [
      'length 10s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-10s',
      'music Lo-fi 35% 0-10s fades 0.8/2',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: '把 cake.png 换成 espresso.jpg',
    leaves: ['pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, espresso.jpg 5s'],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: '给第二张照片加字幕“绿茶”',
    leaves: ['caption “绿茶” 5-10s bottom'],
    takes: ['caption “Green Tea” 5-10s bottom'],
  },
  {
    says: '加上旁白和雪花特效',
    leaves: [],
    takes: [],
    lists: '“加上旁白和雪花特效”',
  },
  {
    says: '标题换成红色，再加一个滤镜',
    leaves: [],
    takes: [],
    lists: '“标题换成红色”；“加一个滤镜”',
  },
  {
    says: 'Can you put our cafe-logo.png in the top left corner?',
    leaves: ['logo cafe-logo.png top-left 0.16 0-20s'],
    takes: ['logo cafe-logo.png top-right 0.16 0-20s'],
  },
  {
    says: 'At 0:04, show the text "Handmade in Kyoto" for 3 seconds.',
    leaves: ['overlay “Handmade in Kyoto” 4-7s center'],
  },
  {
    says: 'Trim the second clip to 2 seconds.',
    leaves: [],
    lists: '“Trim the second clip to 2 seconds”',
  },
  {
    says: "I'd like a slower pace with smooth crossfades between the clips.",
    leaves: [
      'length 25s',
      'pictures espresso.jpg 6.3s, green-tea.jpg 6.3s, DSC_0042.jpg 6.3s, cake.png 6.3s',
      'logo cafe-logo.png top-right 0.16 0-25s',
      'music Lo-fi 35% 0-25s fades 0.8/2',
      'caption “Espresso” 0-6.3s bottom',
      'caption “Green Tea” 6.3-12.5s bottom',
      'caption “Cake” 18.8-25s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: "Don't use the cake picture.",
    leaves: [],
    lists: "“Don't use the cake picture”",
  },
  { says: 'Export it as a GIF.', leaves: [], lists: '“Export it as a GIF”' },
  {
    says: '把cafe-logo.png放在左上角。',
    leaves: ['logo cafe-logo.png top-left 0.16 0-20s'],
    takes: ['logo cafe-logo.png top-right 0.16 0-20s'],
  },
  {
    says: '只用cake.png和espresso.jpg。',
    leaves: [
      'length 10s',
      'pictures cake.png 5s, espresso.jpg 5s',
      'joins 0.7',
      'logo cafe-logo.png top-right 0.16 0-10s',
      'music Lo-fi 35% 0-10s fades 0.8/2',
      'caption “Cake” 0-5s bottom',
      'caption “Espresso” 5-10s bottom',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  { says: '片段之间用1秒的淡入淡出转场。', leaves: ['joins 1 1 1'], takes: ['joins 0.7 0.7 0.7'] },
  {
    says: '请把espresso.jpg换成cake.png。',
    leaves: ['pictures cake.png 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s'],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Espresso” 0-5s bottom',
    ],
  },
  { says: '最后加一句“欢迎光临”。', leaves: ['overlay “欢迎光临” 17-20s center'] },
  { says: '导出成GIF格式，并加上复古滤镜。', leaves: [], lists: '“导出成GIF格式”；“加上复古滤镜”' },
  {
    says: 'Export it as an MP4.',
    leaves: [],
    lists: '“Export it as an”',
  },
  {
    says: 'Start with the cake and end with the espresso.',
    leaves: [],
    lists: '“Start with the cake”; “end with the espresso”',
  },
  {
    says: 'Change the music to something calm.',
    leaves: ['music Ambient 35% 0-20s fades 0.8/2'],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2'],
  },
  {
    says: 'Every photo should be shown for 2 seconds.',
    leaves: [],
    lists: '“Every photo should be shown for 2 seconds”',
  },
  {
    says: "I don't like the title, make it bigger.",
    leaves: [],
    lists: "“don't like the title”; “make it bigger”",
  },
  {
    says: 'Put the music at half volume.',
    leaves: [],
    lists: '“Put the music at half volume”',
  },
  {
    says: '视频加速到2倍。',
    leaves: [],
    lists: '“视频加速到2倍”',
  },
  { says: 'End with a fade', leaves: [], lists: '“End with a fade”' },
  { says: 'Start with upbeat music', leaves: [], lists: '“Start with upbeat music”' },
  {
    says: 'Open with the title "Hello"',
    leaves: ['title “Hello” 0-3.5s center'],
    takes: ['title “Café Nord” 0.4-3.9s center'],
  },
  {
    says: '音乐调到一半的音量。',
    leaves: [],
    lists: '“音乐调到一半的音量”',
  },
  {
    says: 'Start with the text "Hi" and finish with "Bye"',
    leaves: ['overlay “Hi” 0-3s top', 'overlay “Bye” 17-20s center'],
  },
  {
    says: 'Put cake.png first',
    leaves: [
      'pictures cake.png 5s, espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s',
      'caption “Cake” 0-5s bottom',
      'caption “Espresso” 5-10s bottom',
      'caption “Green Tea” 10-15s bottom',
    ],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Espresso” 0-5s bottom',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Start with cake.png and end with espresso.jpg.',
    leaves: [
      'pictures cake.png 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, espresso.jpg 5s',
      'caption “Cake” 0-5s bottom',
      'caption “Espresso” 15-20s bottom',
    ],
    takes: [
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'caption “Espresso” 0-5s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Cut it to the first 5 seconds',
    leaves: [
      'length 5s',
      'pictures espresso.jpg 5s',
      'joins ',
      'logo cafe-logo.png top-right 0.16 0-5s',
      'music Lo-fi 35% 0-5s fades 0.8/1.3',
    ],
    takes: [
      'length 20s',
      'pictures espresso.jpg 5s, green-tea.jpg 5s, DSC_0042.jpg 5s, cake.png 5s',
      'joins 0.7 0.7 0.7',
      'logo cafe-logo.png top-right 0.16 0-20s',
      'music Lo-fi 35% 0-20s fades 0.8/2',
      'caption “Green Tea” 5-10s bottom',
      'caption “Cake” 15-20s bottom',
    ],
  },
  {
    says: 'Add 5 seconds',
    leaves: [],
    lists: '“Add 5 seconds”',
  },
  {
    says: 'Make it shorter',
    leaves: [],
    lists: '“Make it shorter”',
  },
  {
    says: 'Add captions',
    leaves: [],
    lists: '“Add captions”',
  },
  {
    says: '每张照片显示3秒',
    leaves: [],
    lists: '“每张照片显示3秒”',
  },
  {
    says: 'Make it twice as fast',
    leaves: [],
    lists: '“Make it twice as fast”',
  },
  {
    says: 'Move the second photo after the third',
    leaves: [],
    lists: '“Move the second photo after the third”',
  },
  {
    says: 'Remove the title and the music',
    leaves: [],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2', 'title “Café Nord” 0.4-3.9s center'],
  },
  {
    says: 'Show "A" and "B" at the end',
    leaves: [],
    lists: '“Show "A" and "B" at the end”',
  },
  {
    says: 'Blur the logo and the music',
    leaves: [],
    lists: '“Blur the logo”; “music”',
  },
  {
    says: 'Set the music to 30%',
    leaves: ['music Lo-fi 30% 0-20s fades 0.8/2'],
    takes: ['music Lo-fi 35% 0-20s fades 0.8/2'],
  },
  { says: "Don't put cake.png first.", leaves: [], lists: "“Don't put cake.png first”" },
];

const TRIP_EDITS: readonly Sentence[] = [
  {
    says: 'Trim the first clip to the first 4 seconds',
    leaves: [],
    lists: '“Trim the first clip to the first 4 seconds”',
  },
  {
    says: 'Play the second clip twice as fast',
    leaves: [],
    lists: '“Play the second clip twice as fast”',
  },
  {
    says: 'Mute the clips',
    leaves: [],
    lists: '“Mute the clips”',
  },
  {
    says: 'Cut from 2s to 5s',
    leaves: [],
    lists: '“Cut from 2s to 5s”',
  },
  {
    says: 'Use song.mp3 as the music',
    leaves: [],
    takes: [],
  },
  {
    says: 'Keep only harbour.mp4',
    leaves: ['length 10s', 'pictures harbour.mp4 10s', 'joins '],
    takes: ['length 16s', 'pictures harbour.mp4 10s, market.mov 6s', 'joins 0.7'],
  },
  {
    says: '把第一个片段剪到前5秒N Something warm for the weekend\nMake it 15 seconds long. Make it widescreen (16:9). Add the title "Weekend". Add background music: lo-fi. Uploaded files: espresso.jpg, green-tea.jpg, DSC_0042.jpg, cake.png, cafe-logo.png.',
    leaves: [
      'length 15s',
      'pictures harbour.mp4 9.4s, market.mov 5.6s',
      'music Lo-fi 35% 0-15s fades 0.8/2',
      'title “Weekend” 0.4-3.9s center',
    ],
    takes: ['length 16s', 'pictures harbour.mp4 10s, market.mov 6s', 'music song.mp3 35% 0-7s fades 0.8/1.8'],
    lists: '“第一个片段剪到前5秒N Something warm for the weekend”',
  },
];

const plain = await tell('Create a 20-second video with lo-fi music and the title "Café Nord"');
const captions =
  'Caption the first photo "Espresso". Caption the second photo "Green Tea". Caption the last photo "Cake".';
const cafe = await tell(captions, { draft: plain.draft });
const trip = await tell('Make a video of these clips with music', { media: TRIP });

const SHAPES = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1 };

/** What of a sentence the reply lists as not done. */
const listed = (reply: string): string | undefined =>
  /I did not do: (.*?)\. (?:Open|Nothing|Click|I did)/.exec(reply)?.[1] ??
  /没有做的：(.*?)。(?:没有做|没有看|打开|点击)/.exec(reply)?.[1];

describe.each([
  ['a new video of photos', NEW, null, CAFE],
  ['a new video of words alone', WORDS, null, []],
  ['an edit of photos', CAFE_EDITS, cafe.draft, CAFE],
  ['an edit of clips', TRIP_EDITS, trip.draft, TRIP],
] as const)('%s', (_, sentences, draft, media) => {
  it.each(sentences)('does, or lists as not done: $says', async ({ says, leaves, takes = [], lists }) => {
    const { draft: after, reply, credits } = await tell(says, { draft, media });
    expect(difference(draft, after)).toEqual([...takes.map((line) => `- ${line}`), ...leaves]);
    expect(listed(reply)).toBe(lists);
    expect(credits > 0).toBe(leaves.length + takes.length > 0);
  });
});

describe('the wishes of createVideo', () => {
  const wishes: readonly VideoWishes[] = [
    { duration: 12, aspectRatio: '16:9', title: 'Hello', music: true },
    { duration: 7.5, aspectRatio: '9:16', title: 'It’s 5 to 8, "now"', music: 'calm piano' },
    { aspectRatio: '1:1', title: 'Sale: 50% off the second photo', music: 'upbeat' },
    { duration: 90, music: false },
  ];

  it.each(
    wishes.flatMap((wish) =>
      ['A promo for my mug', '做一个杯子的宣传片'].map((prompt) => ({ prompt, wish })),
    ),
  )('are all understood: $prompt $wish', async ({ prompt, wish }) => {
    const { draft, reply } = await tell(messageOf(prompt, wish, ['espresso.jpg', 'cake.png']));
    expect(listed(reply)).toBeUndefined();
    const all = lines(draft).join('\n');
    const { width = 0, height = 1 } = draft?.m ?? {};
    if (wish.duration) expect(draft?.d).toBe(wish.duration * 1000);
    expect(width / height).toBeCloseTo(SHAPES[wish.aspectRatio ?? '16:9']);
    expect(all.includes(`title “${wish.title}”`)).toBe(wish.title !== undefined);
    expect(/^music (.*?) \d/m.exec(all)?.[1]).toBe(
      { 'calm piano': 'Ambient', upbeat: 'Upbeat', true: 'Lo-fi' }[String(wish.music)],
    );
  });
});

it('are more than 65, in English and in Chinese', () => {
  const all = [NEW, WORDS, CAFE_EDITS, TRIP_EDITS].flat();
  expect(all.length).toBeGreaterThanOrEqual(65);
  expect(all.filter(({ says }) => /\p{Script=Han}/u.test(says)).length).toBeGreaterThanOrEqual(15);
});
