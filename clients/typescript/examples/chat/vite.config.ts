import { defineConfig } from "vite";
import { base, server } from "../vite.shared.ts";

export default defineConfig({ base, server });
