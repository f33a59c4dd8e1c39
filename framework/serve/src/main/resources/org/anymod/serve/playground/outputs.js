import { byId, make, toggle } from './dom.js';

const SETTINGS = [
  { key: 'steps', label: 'Steps', step: 1, min: 1, grid: true },
  { key: 'temperature', label: 'Temperature', step: 0.1, min: 0 },
  { key: 'top_p', label: 'Top-p', step: 0.05, min: 0, max: 1 },
  { key: 'guidance', label: 'Guidance', step: 0.5 },
];

/** What to predict: the outputs in order, each with its sampling settings. */
export class Outputs {
  constructor(model, changed) {
    this.modalities = model.modalities.filter((m) => m.roles.includes('output'));
    this.changed = changed;
    this.chosen = new Map();
    this.show();
  }

  show() {
    const order = [...this.chosen.keys()];
    byId('output-choice').replaceChildren(...this.modalities.map((m) => {
      const place = order.indexOf(m.key);
      const chip = toggle(m.key, place >= 0, () => this.flip(m), 'chip');
      if (place >= 0) {
        chip.prepend(make('span', { className: 'number' }, `${place + 1}`));
      }
      return chip;
    }));
    byId('outputs').replaceChildren(...[...this.chosen.values()].map((o) => o.element));
    this.changed();
  }

  flip(modality) {
    if (!this.chosen.delete(modality.key)) {
      this.chosen.set(modality.key, this.card(modality));
    }
    this.show();
  }

  card(modality) {
    const fields = SETTINGS.filter((s) => !s.grid || modality.kind === 'grid').map((setting) => {
      const input = make('input', {
        type: 'number', step: setting.step, min: setting.min ?? '', max: setting.max ?? '',
        placeholder: String(modality.sampling[setting.key]),
      });
      return { setting, input };
    });
    const up = make('button', { type: 'button', className: 'small', 'aria-label': `Predict ${modality.key} earlier`, onclick: () => this.earlier(modality.key) }, '↑');
    const element = make('article', { className: 'card' },
      make('header', {}, make('h3', {}, modality.key), make('span', { className: 'kind' }, modality.kind), up),
      make('details', {}, make('summary', {}, 'Sampling'),
        make('div', { className: 'row settings' }, ...fields.map((f) => make('label', {}, f.setting.label, f.input)))));
    return { modality, fields, element };
  }

  earlier(key) {
    const order = [...this.chosen.entries()];
    const at = order.findIndex(([k]) => k === key);
    if (at > 0) {
      [order[at - 1], order[at]] = [order[at], order[at - 1]];
      this.chosen = new Map(order);
      this.show();
    }
  }

  keys() {
    return [...this.chosen.keys()];
  }

  read() {
    return [...this.chosen.values()].map(({ modality, fields }) => {
      const output = { key: modality.key };
      for (const { setting, input } of fields) {
        if (input.value !== '') {
          output[setting.key] = Number(input.value);
        }
      }
      return output;
    });
  }
}
