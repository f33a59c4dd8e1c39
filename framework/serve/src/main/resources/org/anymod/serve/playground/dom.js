// Small pieces for building the page without markup in strings: what users type is only ever text.

/** Creates an element with properties and children; keys with "-" and "role" become attributes. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-') || key === 'role') {
      element.setAttribute(key, value);
    } else if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else {
      element[key] = value;
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A button that is on or off. */
export function toggle(text, pressed, onclick, className = '') {
  return make('button', { type: 'button', className, 'aria-pressed': String(pressed), onclick }, text);
}

/** The place of a pointer over an element, 0 to 1 in both directions. */
export function placeOn(element, event) {
  const box = element.getBoundingClientRect();
  const part = (at, from, size) => Math.min(1, Math.max(0, (at - from) / size));
  return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
}

/** Bytes as base64. */
export function base64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}
