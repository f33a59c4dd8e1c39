import { Refusal, follow, get, post, remove, token } from './api.js';
import { byId, make } from './dom.js';
import { Chain } from './chain.js';
import { Inputs } from './inputs.js';
import { Outputs } from './outputs.js';

let running = null;

function say(text, bad = false) {
  byId('status').textContent = text;
  byId('status').classList.toggle('bad', bad);
}

async function open() {
  let model;
  try {
    model = await get('/api/model');
  } catch (e) {
    byId('token-form').hidden = e.status !== 401;
    say(e.status === 401 ? 'This server asks for its token.' : e.message, true);
    return;
  }
  byId('token-form').hidden = true;
  byId('model-name').textContent = model.name;
  document.title = `${model.name} · Anymod playground`;
  byId('samples').max = model.limits.samples;
  byId('preset').append(...(model.presets ?? []).map((name) => make('option', { value: name }, name)));
  byId('preset-box').hidden = !(model.presets ?? []).length;
  const check = () => { byId('generate').disabled = running !== null || !outputs?.keys().length; };
  let outputs = null;
  const inputs = new Inputs(model, check);
  outputs = new Outputs(model, check);
  byId('generate').addEventListener('click', () => generate(model, inputs, outputs).finally(check));
  byId('cancel').addEventListener('click', () => running && remove(`/api/jobs/${running}`).catch((e) => say(e.message, true)));
  check();
  await inputs.offerExamples();
  say('Ready.');
  document.body.dataset.ready = 'true';
}

function request(inputs, outputs) {
  const { inputs: given, weights } = inputs.read();
  const body = {
    inputs: given, outputs: outputs.read(), samples: Number(byId('samples').value), seed: Number(byId('seed').value),
  };
  if (Object.keys(weights).length) {
    body.weights = weights;
  }
  if (byId('preset').value) {
    body.preset = byId('preset').value;
  }
  return body;
}

async function generate(model, inputs, outputs) {
  try {
    const job = await accepted(request(inputs, outputs));
    running = job.id;
    byId('generate').disabled = true;
    byId('cancel').hidden = false;
    say(`Request ${job.id} is waiting for its turn.`);
    const chain = new Chain(job, model, (modality, result) => inputs.useResult(modality, result));
    const shown = [];
    await follow(job.id, (event, data) => {
      if (event === 'running') {
        say(`Request ${job.id} is running.`);
      } else if (event === 'result') {
        shown.push(chain.show(data));
      } else if (event === 'end') {
        chain.ended(data.state.replaceAll('_', ' '));
        say(data.reason ? `Request ${job.id}: ${data.reason}.` : `Request ${job.id} is done.`, data.state !== 'done');
      }
    });
    await Promise.all(shown);
  } catch (e) {
    say(e.message, true);
  } finally {
    running = null;
    byId('cancel').hidden = true;
  }
}

/** Sends a request again while the server has no room, as often as it says. */
async function accepted(body) {
  for (let tries = 0; ; tries++) {
    try {
      return await post('/api/generate', body);
    } catch (e) {
      if (!(e instanceof Refusal) || e.status !== 429 || tries >= 5) {
        throw e;
      }
      say('The server is busy; this request is sent again in a moment.');
      await new Promise((done) => setTimeout(done, Math.max(1, e.retryAfter) * 1000));
    }
  }
}

byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  token.set(byId('token').value);
  open();
});

byId('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
});

open();
