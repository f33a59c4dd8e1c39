import { get, loaded, post } from './api.js';
import { byId, make, toggle } from './dom.js';
import { editor, nameOf, partChooser } from './editors.js';

/** The left column's inputs: which modalities are given, and what of them. */
export class Inputs {
  constructor(model, changed) {
    this.modalities = model.modalities.filter((m) => m.roles.includes('input'));
    this.changed = changed;
    this.cards = new Map();
    this.examples = [];
    this.example = null;
    this.showChoice();
  }

  /** Offers the server's examples, each shown by its first picture. */
  async offerExamples() {
    this.examples = (await get('/api/examples')).examples;
    byId('examples-box').hidden = this.examples.length === 0;
    const shown = this.modalities.filter((m) => m.forms.some((f) => f.type === 'drawing'));
    this.buttons = this.examples.map((example) => {
      const button = make('button', {
        type: 'button', title: example.name, 'aria-pressed': 'false', 'aria-label': `Example ${example.name}`,
        onclick: () => this.pickExample(example.number),
      }, example.name);
      const key = shown.find((m) => example.keys.includes(m.key))?.key;
      if (key) {
        loaded(`/api/examples/${example.number}/${encodeURIComponent(key)}?as=picture`)
          .then((address) => button.replaceChildren(make('img', { src: address, alt: '' })), () => {});
      }
      return button;
    });
    byId('examples').replaceChildren(...this.buttons);
  }

  /** Takes an example for everything that is given from examples, or for the first input. */
  pickExample(number) {
    this.example = number;
    this.buttons.forEach((b, i) => b.setAttribute('aria-pressed', String(this.examples[i].number === number)));
    const keys = this.examples.find((e) => e.number === number).keys;
    if (this.cards.size === 0) {
      const first = this.modalities.find((m) => m.kind === 'pixels' && keys.includes(m.key))
        ?? this.modalities.find((m) => keys.includes(m.key));
      if (first) {
        this.add(first);
      }
    }
    for (const card of this.cards.values()) {
      if (card.type === 'example') {
        card.use('example');
      }
    }
  }

  showChoice() {
    byId('input-choice').replaceChildren(...this.modalities.map((m) => toggle(
      m.key, this.cards.has(m.key), () => (this.cards.has(m.key) ? this.drop(m.key) : this.add(m)), 'chip')));
  }

  add(modality) {
    const card = new InputCard(modality, this);
    this.cards.set(modality.key, card);
    byId('inputs').append(card.element);
    this.showChoice();
    this.changed();
    return card;
  }

  drop(key) {
    this.cards.get(key).element.remove();
    this.cards.delete(key);
    this.showChoice();
    this.changed();
  }

  /** Takes a finished result as input, for the modality of the same source that the model reads. */
  useResult(modality, result) {
    const target = this.modalities.find((m) => m.source === modality.source);
    if (!target) {
      return false;
    }
    const card = this.cards.get(target.key) ?? this.add(target);
    card.give({ result });
    return true;
  }

  keys() {
    return [...this.cards.keys()];
  }

  /** Returns the requests' `inputs` and `weights`; throws where something chosen is still empty. */
  read() {
    const inputs = {};
    const weights = {};
    for (const [key, card] of this.cards) {
      if (!card.input) {
        throw new Error(`${key} is chosen but nothing is given for it yet.`);
      }
      inputs[key] = card.part ? { ...card.input, visible: [card.part] } : card.input;
      if (card.weight.value !== '') {
        weights[key] = Number(card.weight.value);
      }
    }
    return { inputs, weights };
  }

  /** A picture of what is given, to draw over. */
  backdrop() {
    return [...this.cards.values()].find((card) => card.picture)?.picture ?? '';
  }
}

class InputCard {
  constructor(modality, inputs) {
    this.modality = modality;
    this.inputs = inputs;
    this.input = null;
    this.part = null;
    this.picture = '';
    this.turn = 0;
    this.tabs = make('div', { className: 'tabs', role: 'group', 'aria-label': `How ${modality.key} is given` });
    this.body = make('div');
    this.preview = make('div');
    this.weight = make('input', { type: 'number', step: 0.5, min: -100, max: 100, placeholder: 'none', 'aria-label': `Guidance weight of ${modality.key}` });
    const close = make('button', { type: 'button', className: 'plain', 'aria-label': `Remove ${modality.key}`, onclick: () => inputs.drop(modality.key) }, '✕');
    this.element = make('article', { className: 'card' },
      make('header', {}, make('h3', {}, modality.key), make('span', { className: 'kind' }, modality.kind), close),
      this.tabs, this.body, this.preview,
      make('label', { className: 'row' }, 'Guidance weight ', this.weight));
    this.element.dataset.key = modality.key;
    this.use(this.types()[0]);
  }

  types() {
    const has = this.inputs.examples.some((e) => e.keys.includes(this.modality.key));
    return [...(has ? ['example'] : []), ...this.modality.forms.map((form) => form.type)];
  }

  use(type) {
    this.type = type;
    this.set(null);
    this.tabs.replaceChildren(...this.types().map((t) => toggle(nameOf(t), t === type, () => this.use(t))));
    const form = this.modality.forms.find((f) => f.type === type) ?? { type };
    this.body.replaceChildren(editor(form, this.modality, (input) => this.set(input), () => this.inputs.backdrop()));
    if (type === 'example' && this.inputs.examples.length > 0) {
      this.giveExample();
    }
  }

  giveExample() {
    const number = this.inputs.example ?? this.inputs.examples[0].number;
    const example = this.inputs.examples.find((e) => e.number === number);
    this.body.replaceChildren(make('p', { className: 'note' }, `Example ${example.name}`));
    this.set(example.keys.includes(this.modality.key) ? { example: number } : null);
  }

  /** Gives something that no editor made. */
  give(input) {
    this.type = 'result';
    this.body.replaceChildren(make('p', { className: 'note' }, `Result of request ${input.result.job}`));
    this.set(input);
  }

  set(input) {
    this.input = input;
    this.part = null;
    this.picture = '';
    this.inputs.changed();
    clearTimeout(this.timer);
    this.preview.replaceChildren();
    if (input) {
      this.timer = setTimeout(() => this.look(input), 250);
    }
  }

  /** Shows what the model will see of it. */
  async look(input) {
    const turn = ++this.turn;
    try {
      const seen = await post('/api/preview', { key: this.modality.key, input });
      if (turn !== this.turn || this.input !== input) {
        return;
      }
      this.picture = seen.picture ?? '';
      const own = ['text', 'colors', 'boxes', 'numbers', 'document'].includes(this.type);
      if (seen.picture && this.modality.parts) {
        this.preview.replaceChildren(partChooser(seen.picture, seen.crop, this.modality.parts, (part) => { this.part = part; }));
      } else if (seen.picture && !own) {
        this.preview.replaceChildren(make('div', { className: 'stage' }, make('img', { src: seen.picture, alt: 'What the model sees' })));
      } else if (seen.words !== undefined && !own) {
        this.preview.replaceChildren(make('p', { className: 'note' }, seen.words));
      }
    } catch (e) {
      this.preview.replaceChildren(make('p', { className: 'note bad' }, e.message));
    }
  }
}
