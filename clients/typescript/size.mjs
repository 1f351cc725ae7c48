// Prints how much the package adds to a page, minified and compressed, with and without graphql-ws.
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

async function kilobytes(external) {
  const bundle = await rolldown({ input: "dist/index.js", external, logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  return (gzipSync(output[0].code).length / 1000).toFixed(1);
}

console.log(`${await kilobytes([])} kB after gzip, ${await kilobytes(["graphql-ws"])} kB without graphql-ws`);
