// A language model that makes a video with tools, and answers a question of the agent: `node agent.mjs`. A script answers
// in the place of the model, unless AI_MODEL names one (e.g. `openai/gpt-5`, with AI_GATEWAY_API_KEY).
import { env } from 'node:process';
import { generateText, isStepCount } from 'ai';
import { fileCheckpoints } from 'nemovideo-sdk';
import { nemovideoTools } from 'nemovideo-sdk/ai';
import { interrupted, openClient } from './client.mjs';
import { scriptedModel } from './scripted-model.mjs';

const { client, close } = await openClient({ render: 'off' });
try {
  const { text } = await generateText({
    model: env.AI_MODEL ?? scriptedModel(),
    tools: nemovideoTools({ client, checkpoints: fileCheckpoints('videos'), folder: 'videos' }),
    stopWhen: isStepCount(10),
    abortSignal: interrupted,
    prompt: 'Make a 5-second video of a train. Answer questions yourself.',
    onStepFinish: ({ toolCalls, toolResults }) => {
      for (const { toolName, input } of toolCalls) console.log(`${toolName}(${JSON.stringify(input)})`);
      for (const { output } of toolResults) console.log(`  → ${JSON.stringify(output)}`);
    },
  });
  console.log(text);
} finally {
  await close();
}
