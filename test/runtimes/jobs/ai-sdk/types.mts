// The types of a program that uses the AI SDK: compiled, not run.
import type { Experimental_VideoModelV4, ProviderV4 } from '@ai-sdk/provider';
import { experimental_generateVideo, generateText, isStepCount, ToolLoopAgent, type ToolSet } from 'ai';
import { NemoVideo } from 'nemovideo-sdk';
import { createNemoVideoProvider, nemovideoTools, type ToolFailure, type ToolVideo } from 'nemovideo-sdk/ai';

const client = new NemoVideo();
const provider = createNemoVideoProvider({ client });
export const asProvider: ProviderV4 = provider;
export const model: Experimental_VideoModelV4 = provider.video('nemo_agent');
// @ts-expect-error no such model
provider.video('nemo');
const tools = nemovideoTools({ client });
export const asTools: ToolSet = tools;
export const agent = new ToolLoopAgent({ model: 'a/b', tools });

export async function film(snapshot: string): Promise<Uint8Array> {
  const { video } = await experimental_generateVideo({
    model,
    prompt: 'a film',
    providerOptions: { nemovideo: { snapshot: JSON.parse(snapshot), answers: { style: 'calm' } } },
  });
  return video.uint8Array;
}

export async function talk(): Promise<string> {
  const { toolCalls, toolResults, text } = await generateText({
    model: 'a/b',
    tools,
    stopWhen: isStepCount(3),
    prompt: 'a film',
  });
  for (const call of toolCalls) {
    if (call.dynamic || call.toolName !== 'create_video') continue;
    const prompt: string = call.input.prompt;
    // @ts-expect-error no such ratio
    if (call.input.aspectRatio === '4:3') return prompt;
  }
  for (const result of toolResults) {
    if (result.dynamic || result.toolName !== 'get_video') continue;
    const output: ToolVideo | ToolFailure = result.output;
    if ('status' in output) return output.status;
  }
  return text;
}
