// What OpenSeadragon asks of image services: every tile of every level, and where in the picture it shows it, in parts
// of the picture's width. Prints a JSON array.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<body></body>');
for (const name of ['window', 'self', 'document', 'DOMParser', 'Image']) globalThis[name] = window[name];
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
window.HTMLCanvasElement.prototype.getContext = () => null;
const { IIIFTileSource } = createRequire(import.meta.url)('openseadragon');

const tiles = [];
for (const url of process.argv.slice(2)) {
  const information = await (await fetch(url)).json();
  if (!IIIFTileSource.prototype.supports(information, url)) throw new Error(`there is no image service at ${url}`);
  const source = new IIIFTileSource(IIIFTileSource.prototype.configure(information, url));
  for (let level = source.minLevel; level <= source.maxLevel; level++) {
    const { x: columns, y: rows } = source.getNumTiles(level);
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const { x: left, y: top, width, height } = source.getTileBounds(level, x, y);
        const [tile, largest] = [source.getTileUrl(level, x, y), level === source.maxLevel];
        tiles.push({ tile, largest, left, top, width, height });
      }
  }
}
console.log(JSON.stringify(tiles));
