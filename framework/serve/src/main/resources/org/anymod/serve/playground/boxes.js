import { make, placeOn } from './dom.js';

const INK = '#ff2e88';

/**
 * A transparent layer on which a person drags rectangles; calls `drawn` with [left, top, right,
 * bottom], each 0 to 1. `shapes` gives what to show: {sides, label}.
 */
export function dragLayer(shapes, drawn) {
  const canvas = make('canvas', { className: 'over', width: 512, height: 512, tabIndex: 0 });
  canvas.setAttribute('aria-label', 'Drag a rectangle');
  let start = null;
  const sides = (event) => {
    const [x, y] = placeOn(canvas, event);
    return [Math.min(start[0], x), Math.min(start[1], y), Math.max(start[0], x), Math.max(start[1], y)];
  };
  canvas.addEventListener('pointerdown', (event) => {
    start = placeOn(canvas, event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (start) {
      paint(canvas, [...shapes(), { sides: sides(event), label: '' }]);
    }
  });
  canvas.addEventListener('pointerup', (event) => {
    if (!start) {
      return;
    }
    const done = sides(event);
    start = null;
    if (done[2] - done[0] > 0.01 && done[3] - done[1] > 0.01) {
      drawn(done);
    }
    paint(canvas, shapes());
  });
  canvas.repaint = () => paint(canvas, shapes());
  canvas.repaint();
  return canvas;
}

function paint(canvas, shapes) {
  const g = canvas.getContext('2d');
  const { width, height } = canvas;
  g.clearRect(0, 0, width, height);
  g.lineWidth = 4;
  g.font = '22px system-ui, sans-serif';
  for (const { sides: [left, top, right, bottom], label } of shapes) {
    g.strokeStyle = INK;
    g.strokeRect(left * width, top * height, (right - left) * width, (bottom - top) * height);
    if (label) {
      const wide = g.measureText(label).width + 10;
      const above = Math.max(0, top * height - 28);
      g.fillStyle = INK;
      g.fillRect(left * width, above, wide, 28);
      g.fillStyle = '#ffffff';
      g.fillText(label, left * width + 5, above + 21);
    }
  }
}
