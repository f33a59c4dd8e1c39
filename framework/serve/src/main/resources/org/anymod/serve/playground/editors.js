import { base64, make } from './dom.js';
import { dragLayer } from './boxes.js';
import { classCanvas, pictureCanvas } from './painting.js';

const NAMES = {
  example: 'Example', file: 'File', drawing: 'Draw', classes: 'Draw', text: 'Text', boxes: 'Boxes',
  colors: 'Colours', numbers: 'Numbers', document: 'JSON', result: 'Result',
};

export const nameOf = (type) => NAMES[type] ?? type;

/**
 * Makes the editor of one form. `changed` is called with the input's JSON, or null while there is
 * none. `backdrop` gives the address of a picture to draw boxes over, or ''.
 */
export function editor(form, modality, changed, backdrop) {
  switch (form.type) {
    case 'file': return fileEditor(form, changed);
    case 'text': return textEditor(changed);
    case 'document': return documentEditor(changed);
    case 'boxes': return boxEditor(form, changed, backdrop);
    case 'colors': return colorEditor(form, changed);
    case 'numbers': return numberEditor(form, changed);
    case 'drawing': {
      const { element, value } = pictureCanvas(Math.min(modality.side, 256), form.channels, changed);
      changed(value());
      return element;
    }
    case 'classes': {
      const { element, value } = classCanvas(Math.min(modality.side, 256), form, changed);
      changed(value());
      return element;
    }
    default: return make('p', { className: 'note' }, 'Choose an example above.');
  }
}

function fileEditor(form, changed) {
  const note = make('p', { className: 'note' });
  const input = make('input', { type: 'file', accept: form.extensions.map((e) => `.${e}`).join(',') });
  const drop = make('label', { className: 'drop' }, `Drop a file here, or choose one (${form.extensions.join(', ')})`, input);
  const take = async (file) => {
    if (file) {
      note.textContent = file.name;
      changed({ file: base64(new Uint8Array(await file.arrayBuffer())) });
    }
  };
  input.addEventListener('change', () => take(input.files[0]));
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragenter' || name === 'dragover');
    });
  }
  drop.addEventListener('drop', (event) => take(event.dataTransfer.files[0]));
  return make('div', {}, drop, note);
}

function textEditor(changed) {
  const area = make('textarea', {
    placeholder: 'Words; [S_1] stands for something missing', 'aria-label': 'Text', spellcheck: true,
    oninput: () => changed(area.value ? { text: area.value } : null),
  });
  return area;
}

function documentEditor(changed) {
  const note = make('p', { className: 'note bad' });
  const area = make('textarea', {
    placeholder: 'A JSON document', 'aria-label': 'JSON document', spellcheck: false,
    oninput: () => {
      try {
        note.textContent = '';
        changed(area.value ? { document: JSON.parse(area.value) } : null);
      } catch (e) {
        note.textContent = e.message;
        changed(null);
      }
    },
  });
  return make('div', {}, area, note);
}

function boxEditor(form, changed, backdrop) {
  const boxes = [];
  const label = make('select', { 'aria-label': 'Label of the next box' }, ...form.labels.map((l) => make('option', { value: l }, l)));
  const list = make('div', { className: 'chips' });
  const picture = make('img', { alt: '', width: 256, height: 256 });
  picture.src = backdrop() || blank();
  const tell = () => {
    list.replaceChildren(...boxes.map((box, i) => make('button', {
      type: 'button', className: 'chip', title: 'Remove this box',
      onclick: () => { boxes.splice(i, 1); tell(); layer.repaint(); },
    }, `${box.label} ✕`)));
    changed({ boxes });
  };
  const layer = dragLayer(() => boxes, (sides) => {
    if (boxes.length < form.most) {
      boxes.push({ label: label.value, sides });
      tell();
    }
  });
  tell();
  return make('div', {},
    make('div', { className: 'stage' }, picture, layer),
    make('p', { className: 'note' }, 'Drag over the picture to add a box.'),
    make('div', { className: 'row' }, make('label', {}, 'Label ', label)), list);
}

function blank() {
  const canvas = make('canvas', { width: 8, height: 8 });
  const g = canvas.getContext('2d');
  g.fillStyle = '#7d8594';
  g.fillRect(0, 0, 8, 8);
  return canvas.toDataURL();
}

function colorEditor(form, changed) {
  const colors = ['#3f6fd0', '#5aa05a', '#c9b48a'].slice(0, form.most);
  const row = make('div', { className: 'row colors' });
  const tell = () => changed({ colors: [...colors] });
  const show = () => {
    row.replaceChildren(
      ...colors.map((color, i) => {
        const picker = make('input', {
          type: 'color', value: color, 'aria-label': `Colour ${i + 1}`,
          oninput: () => { colors[i] = picker.value; tell(); },
        });
        return picker;
      }),
      make('button', { type: 'button', className: 'small', disabled: colors.length >= form.most, onclick: () => { colors.push('#888888'); show(); tell(); } }, 'More'),
      make('button', { type: 'button', className: 'small', disabled: colors.length <= 1, onclick: () => { colors.pop(); show(); tell(); } }, 'Fewer'));
  };
  show();
  tell();
  return row;
}

function numberEditor(form, changed) {
  const numbers = {};
  const tell = () => changed(Object.keys(numbers).length ? { numbers: { ...numbers } } : null);
  const fields = form.fields.map((field) => {
    const middle = field.whole ? Math.round((field.min + field.max) / 2 / field.step) * field.step : (field.min + field.max) / 2;
    const shown = make('output', {}, '—');
    const slider = make('input', {
      type: 'range', min: field.min, max: field.max, step: field.step, value: middle, disabled: true,
      'aria-label': field.name,
    });
    const set = () => {
      numbers[field.name] = Number(slider.value);
      shown.textContent = field.whole ? slider.value : Number(slider.value).toFixed(2);
      tell();
    };
    slider.addEventListener('input', set);
    const use = make('input', { type: 'checkbox', 'aria-label': `Give ${field.name}` });
    use.addEventListener('change', () => {
      slider.disabled = !use.checked;
      if (use.checked) {
        set();
      } else {
        delete numbers[field.name];
        shown.textContent = '—';
        tell();
      }
    });
    return make('div', { className: 'field' }, use, make('span', {}, field.name.replaceAll('_', ' ')), slider, shown);
  });
  return make('div', { className: 'fields' }, ...fields);
}

/** Lets a person drag out the part of a preview that is known; tells [left, top, width, height] or null. */
export function partChooser(address, crop, grid, changed) {
  let part = null;
  const layer = dragLayer(() => (part ? [{ sides: part, label: 'known' }] : []), (sides) => {
    part = wholePlaces(sides, grid);
    changed(inOriginal(part, crop));
    whole.hidden = false;
  });
  const whole = make('button', {
    type: 'button', className: 'small', hidden: true,
    onclick: () => { part = null; layer.repaint(); changed(null); whole.hidden = true; },
  }, 'All of it');
  const picture = make('img', { alt: 'What the model sees', src: address, width: 256, height: 256 });
  return make('div', {}, make('div', { className: 'stage' }, picture, layer),
    make('div', { className: 'row' }, make('span', { className: 'note' }, 'Drag to give only a part.'), whole));
}

/** The model knows a place as a whole or not at all: the places that a rectangle touches. */
function wholePlaces([left, top, right, bottom], [rows, columns]) {
  return [Math.floor(left * columns) / columns, Math.floor(top * rows) / rows,
    Math.ceil(right * columns) / columns, Math.ceil(bottom * rows) / rows];
}

/** The preview shows the centre square; parts are told of the picture that was given. */
function inOriginal([left, top, right, bottom], [cropLeft, cropTop, width, height]) {
  // A little larger, so that rounding leaves no place out.
  const at = (number) => Math.min(1, Math.max(0, number));
  const x = at(cropLeft + left * width - 1e-6);
  const y = at(cropTop + top * height - 1e-6);
  return [x, y, at(cropLeft + right * width + 1e-6) - x, at(cropTop + bottom * height + 1e-6) - y];
}
