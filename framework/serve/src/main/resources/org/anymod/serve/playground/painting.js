import { base64, make, placeOn, toggle } from './dom.js';

const START = { 1: '#000000', 3: '#888888' };

/** A canvas to paint a picture of one or three channels on. Tells `changed` after each stroke. */
export function pictureCanvas(side, channels, changed) {
  let color = channels === 1 ? '#ffffff' : '#d04040';
  const { canvas, fill, size } = board(side, START[channels], () => color, () => changed(value()));
  const value = () => {
    const pixels = canvas.getContext('2d').getImageData(0, 0, side, side).data;
    const bytes = new Uint8Array(side * side * channels);
    for (let i = 0; i < side * side; i++) {
      for (let c = 0; c < channels; c++) {
        bytes[i * channels + c] = pixels[i * 4 + c];
      }
    }
    return { drawing: { width: side, height: side, data: base64(bytes) } };
  };
  const picker = make('input', {
    type: 'color', value: color, 'aria-label': 'Colour',
    oninput: () => { color = channels === 1 ? gray(picker.value) : picker.value; },
  });
  const clear = make('button', { type: 'button', className: 'small', onclick: () => { fill(); changed(value()); } }, 'Clear');
  return { element: make('div', {}, make('div', { className: 'stage' }, canvas), make('div', { className: 'row' }, picker, size, clear)), value };
}

/** A canvas to paint classes on; the first class is everywhere at the start. */
export function classCanvas(side, form, changed) {
  const classes = new Uint8Array(side * side);
  let current = 0;
  const known = form.labels.map((_, i) => i).filter((i) => i !== form.ignored);
  classes.fill(form.ignored ?? known[0]);
  const stroke = (x, y, radius) => {
    for (let r = Math.max(0, Math.floor(y - radius)); r <= Math.min(side - 1, Math.ceil(y + radius)); r++) {
      for (let c = Math.max(0, Math.floor(x - radius)); c <= Math.min(side - 1, Math.ceil(x + radius)); c++) {
        if ((c + 0.5 - x) ** 2 + (r + 0.5 - y) ** 2 <= radius * radius + 0.3) {
          classes[r * side + c] = current;
        }
      }
    }
  };
  const value = () => ({ classes: { width: side, height: side, data: base64(classes) } });
  const { canvas, fill, size } = board(
    side, form.colors[form.ignored ?? known[0]], () => form.colors[current], () => changed(value()), stroke);
  const palette = make('div', { className: 'row' });
  const shown = make('span', { className: 'note' });
  const choose = (number) => {
    current = number;
    shown.textContent = form.labels[number];
    palette.replaceChildren(...known.map((i) => {
      const button = toggle('', i === number, () => choose(i), 'swatch');
      button.style.background = form.colors[i];
      button.title = form.labels[i];
      button.setAttribute('aria-label', form.labels[i]);
      return button;
    }));
  };
  choose(known[Math.min(1, known.length - 1)]);
  const everywhere = make('button', {
    type: 'button', className: 'small',
    onclick: () => { classes.fill(current); fill(form.colors[current]); changed(value()); },
  }, 'Fill');
  return { element: make('div', {}, make('div', { className: 'stage' }, canvas), palette, make('div', { className: 'row' }, shown, size, everywhere)), value };
}

function gray(color) {
  const level = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16)).reduce((a, b) => a + b) / 3;
  const part = Math.round(level).toString(16).padStart(2, '0');
  return `#${part}${part}${part}`;
}

/** What both kinds of painting share: strokes of a round brush without soft edges. */
function board(side, ground, color, ended, stroke = () => {}) {
  const canvas = make('canvas', { className: 'paint', width: side, height: side, tabIndex: 0 });
  canvas.setAttribute('aria-label', 'Paint here');
  const g = canvas.getContext('2d', { willReadFrequently: true });
  const fill = (with_ = ground) => { g.fillStyle = with_; g.fillRect(0, 0, side, side); };
  fill();
  const slider = make('input', { type: 'range', min: 0.5, max: side / 4, step: 0.5, value: side / 14, 'aria-label': 'Size of the brush' });
  let last = null;
  const dab = (event) => {
    const [x, y] = placeOn(canvas, event).map((part) => part * side);
    const radius = Number(slider.value);
    const steps = last ? Math.ceil(Math.hypot(x - last[0], y - last[1])) || 1 : 1;
    g.fillStyle = color();
    for (let i = 1; i <= steps; i++) {
      const [fromX, fromY] = last ?? [x, y];
      const [cx, cy] = [fromX + ((x - fromX) * i) / steps, fromY + ((y - fromY) * i) / steps];
      for (let row = Math.floor(cy - radius); row <= cy + radius; row++) {
        const half = Math.sqrt(Math.max(0, radius * radius + 0.3 - (row + 0.5 - cy) ** 2));
        g.fillRect(Math.round(cx - half), row, Math.max(1, Math.round(2 * half)), 1);
      }
      stroke(cx, cy, radius);
    }
    last = [x, y];
  };
  canvas.addEventListener('pointerdown', (event) => { canvas.setPointerCapture(event.pointerId); last = null; dab(event); });
  canvas.addEventListener('pointermove', (event) => { if (event.buttons) { dab(event); } });
  canvas.addEventListener('pointerup', () => { last = null; ended(); });
  return { canvas, fill, size: make('label', {}, 'Brush ', slider) };
}
