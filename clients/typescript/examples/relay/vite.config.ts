import { defineConfig, type Plugin } from "vite";
import { base, server } from "../vite.shared.ts";

/** Replaces each `graphql` literal with relay-compiler's output, as babel-plugin-relay does. */
const relay: Plugin = {
  name: "relay",
  enforce: "pre",
  transform(code, id) {
    if (!/\.tsx?$/.test(id) || id.includes("__generated__")) return undefined;
    const names: string[] = [];
    const replaced = code.replace(/\bgraphql`\s*(?:query|mutation|subscription|fragment)\s+(\w+)[^`]*`/g, (_, name) => {
      names.push(name);
      return name;
    });
    const imports = names.map((name) => `import ${name} from "./__generated__/${name}.graphql.ts";\n`);
    return names.length > 0 ? { code: imports.join("") + replaced, map: null } : undefined;
  },
};

export default defineConfig({ base, server, plugins: [relay] });
