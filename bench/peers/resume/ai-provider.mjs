/** A provider of the AI SDK, as another package would bring it; not counted. */
import { MockVideoModelV4 } from 'ai/test';

const about = () => ({
  response: { timestamp: new Date(), modelId: 'video', headers: undefined },
  warnings: [],
});

async function ask(path, init) {
  const response = await fetch(`https://api.ai-provider.test${path}`, init);
  return response.json();
}

export const model = new MockVideoModelV4({
  maxVideosPerCall: 1,
  doStart: async ({ prompt }) => ({
    ...about(),
    operation: await ask('/jobs', { method: 'POST', body: JSON.stringify({ prompt }) }),
  }),
  async doStatus({ operation }) {
    const { status, url } = await ask(`/jobs/${operation.id}`);
    if (status !== 'succeeded') return { ...about(), status: 'pending' };
    return { ...about(), status: 'completed', videos: [{ type: 'url', url, mediaType: 'video/mp4' }] };
  },
});
