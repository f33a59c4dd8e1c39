// The server's API. The token, if there is one, is kept until the tab is closed; there are no cookies.

const KEY = 'anymod-token';

export const token = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: (value) => sessionStorage.setItem(KEY, value),
};

export class Refusal extends Error {
  constructor(status, reason, retryAfter) {
    super(reason);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function call(method, path, body, signal) {
  const headers = {};
  if (token.get()) {
    headers.Authorization = `Bearer ${token.get()}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
    credentials: 'omit',
  });
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({ reason: answer.statusText }));
    throw new Refusal(answer.status, told.reason, Number(answer.headers.get('Retry-After')) || 0);
  }
  return answer;
}

export const get = async (path) => (await call('GET', path)).json();
export const post = async (path, body, signal) => (await call('POST', path, body, signal)).json();
export const remove = async (path) => (await call('DELETE', path)).json();

/** A picture or file as an address that this page can show. */
export async function loaded(path) {
  return URL.createObjectURL(await (await call('GET', path)).blob());
}

/** Follows a job to its end; tells each of its events. Asks now and then where it cannot listen. */
export async function follow(id, tell) {
  try {
    const answer = await call('GET', `/api/jobs/${id}/events`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rest += part.value;
      const messages = rest.split('\n\n');
      rest = messages.pop();
      for (const message of messages) {
        const event = /^event: (.*)$/m.exec(message);
        const data = /^data: (.*)$/m.exec(message);
        if (event && data) {
          tell(event[1], JSON.parse(data[1]));
          if (event[1] === 'end') {
            return;
          }
        }
      }
    }
  } catch (e) {
    if (e instanceof Refusal && e.status !== 429) {
      throw e;
    }
  }
  await poll(id, tell);
}

async function poll(id, tell) {
  const told = new Set();
  for (;;) {
    const job = await get(`/api/jobs/${id}`);
    for (const output of job.outputs.filter((o) => o.finished && !told.has(o.key))) {
      told.add(output.key);
      tell('result', output);
    }
    if (job.state !== 'waiting' && job.state !== 'running') {
      tell('end', job);
      return;
    }
    await new Promise((done) => setTimeout(done, 700));
  }
}
