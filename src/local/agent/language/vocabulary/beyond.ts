/** What people may well ask of a video editor and this backend cannot do. Naming it is more honest than "I did not understand". */
export const BEYOND =
  'voice-?overs?|voice over|narrations?|narrator|narrate|speech|text[- ]to[- ]speech|tts|dub(?:bing)?|lip[- ]?sync|' +
  'filters?|(?:special |visual |sound )?effects?|vfx|sfx|blur(?:red|ry)?|sharpen|brighten|bright(?:er|ness)|darken|darker|contrast|saturat(?:e|ed|ion)|' +
  'black[- ]and[- ]white|b&w|sepia|gr[ae]yscale|vintage look|colou?r[- ](?:grad(?:e|ing)|correct(?:ion)?)|lut|vignette|' +
  'rotat(?:e|ed|ing|ion)|flip(?:ped|ping)?(?! the order)|mirror(?:ed)?|crop(?:ped|ping)?(?! (?:it )?to \\d)|' +
  'green ?screen|chroma key|backgrounds?(?! (?:music|song|tune|track|sound|audio))|remove bg|' +
  'stickers?|emojis?|gifs?|confetti|sparkles?|fireworks|snow(?:flakes)?|particles|' +
  'animat(?:e|ed|ion|ions)|bounce|wiggle|typewriter|shake|glitch|3d|' +
  'bold|italic|underline[d]?|outline[d]?|shadow|fonts?|typeface|' +
  'wipes?|slide transitions?|spin|page[- ]turn|morph|swipe|' +
  'split[- ]?screen|picture[- ]in[- ]picture|pip|side by side|collage|' +
  'translat(?:e|ed|ion)|transcri(?:be|pt|ption)|stabili[sz]e|upscale|denoise|slow ?motion ramp|speed ramp|' +
  'fade to (?:black|white)|fade (?:in )?from (?:black|white)|freeze(?: frame)?|' +
  '4k|8k|uhd|2160p|1440p|720p|480p|360p|hdr|webm|mov|avi|' +
  '4 ?: ?5|5 ?: ?4|4 ?: ?3|3 ?: ?4|2 ?: ?3|3 ?: ?2|21 ?: ?9|' +
  '(?:email|e-mail|post|publish|share|schedule|tweet) (?:it|this|the video|that)(?: (?:to|on) \\w+)?|' +
  'jazz|rock|classical|piano|guitar|hip[- ]?hop|rap|country|metal|reggae|edm|techno|violin|vocals?|lyrics';

/** The same, in Chinese. */
export const ZH_BEYOND =
  '配音|旁白|解说|朗读|语音|滤镜|特效|音效|模糊|锐化|变亮|调亮|亮一点|亮度|变暗|调暗|暗一点|对比度|饱和度|黑白|复古|调色|' +
  '旋转|翻转|镜像|裁切画面|绿幕|抠图|抠像|换背景|背景(?!音乐|乐)|贴纸|表情|动画|打字机|抖动|加粗|斜体|下划线|描边|阴影|字体|' +
  '擦除|翻页|分屏|画中画|拼图|翻译|转写|识别语音|防抖|美颜|定格|黑场|4k|8k|720p|480p|爵士|摇滚|古典|钢琴|吉他|嘻哈|说唱|人声';
