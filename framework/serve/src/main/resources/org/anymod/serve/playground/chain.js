import { loaded } from './api.js';
import { byId, make } from './dom.js';

/** The right side: the chain of a request, and its results as they finish. */
export class Chain {
  constructor(job, model, useResult) {
    this.job = job;
    this.model = model;
    this.useResult = useResult;
    this.links = new Map();
    this.cells = new Map();
    byId('results').replaceChildren(this.overview(), this.grid());
  }

  overview() {
    const outputs = this.job.chain.map((link) => link.key);
    const given = [...new Set(this.job.chain.flatMap((link) => link.from))].filter((key) => !outputs.includes(key));
    const item = (key, className, arrow) => {
      const box = make('span', { className: `link ${className}` }, key);
      this.links.set(key, box);
      return make('li', {}, ...(arrow ? ['→'] : []), box);
    };
    return make('ol', { className: 'chain', 'aria-label': 'Order of prediction' },
      ...given.map((key) => item(key, 'given', false)), ...outputs.map((key) => item(key, '', true)));
  }

  grid() {
    const grid = make('div', { className: 'grid' });
    for (const link of this.job.chain) {
      const cell = make('figure', { className: 'result' },
        make('div', { className: 'waiting' }, make('span', {}, 'waiting')), make('figcaption', {}, make('span', { className: 'name' }, link.key), this.from(link)));
      cell.dataset.key = link.key;
      this.cells.set(link.key, { link, cells: [cell] });
      grid.append(cell);
    }
    this.busy();
    return grid;
  }

  from(link) {
    return make('span', { className: 'from' }, link.from.length ? `from ${link.from.join(', ')}` : 'from nothing');
  }

  /** Marks the first link that has not finished. */
  busy() {
    const next = this.job.chain.find((link) => !this.links.get(link.key).classList.contains('done'));
    this.links.forEach((box, key) => box.classList.toggle('busy', key === next?.key));
  }

  async show(output) {
    const { link, cells } = this.cells.get(output.key);
    const made = await Promise.all(output.results.map((result) => this.figure(link, result, output.results.length)));
    cells[0].before(...made);
    cells.forEach((cell) => cell.remove());
    this.cells.set(output.key, { link, cells: made });
    if (output.finished) {
      this.links.get(output.key).classList.add('done');
    }
    this.busy();
  }

  async figure(link, result, count) {
    const name = count > 1 ? `${link.key} · ${result.sample + 1}` : link.key;
    const body = result.picture
      ? make('img', { src: await loaded(result.picture), alt: `Predicted ${name}` })
      : make('pre', {}, result.words || '(empty)');
    const figure = make('figure', { className: 'result' }, body, make('figcaption', {},
      make('span', { className: 'name' }, name), this.from(link),
      make('button', { type: 'button', className: 'small download', onclick: () => save(result) }, 'Download'),
      this.reuse(link, result)));
    figure.dataset.key = link.key;
    figure.dataset.finished = 'true';
    return figure;
  }

  reuse(link, result) {
    const modality = this.model.modalities.find((m) => m.key === link.key);
    const readable = this.model.modalities.some((m) => m.source === modality.source && m.roles.includes('input'));
    return readable ? make('button', {
      type: 'button', className: 'small',
      onclick: () => this.useResult(modality, { job: this.job.id, key: link.key, sample: result.sample }),
    }, 'Use as input') : null;
  }

  /** Says of what has not come why not. */
  ended(state) {
    for (const { cells } of this.cells.values()) {
      cells.filter((cell) => !cell.dataset.finished).forEach((cell) => {
        cell.querySelector('.waiting')?.replaceChildren(state);
      });
    }
    this.links.forEach((box) => box.classList.remove('busy'));
  }
}

async function save(result) {
  const address = await loaded(result.file);
  const link = make('a', { href: address, download: result.file_name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
