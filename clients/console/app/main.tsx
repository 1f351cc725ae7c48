/** Starts the console. */
import { createRoot } from "react-dom/client";
import { reloadForMissingFiles } from "./data/build.ts";
import { App } from "./frame/App.tsx";
import "./look/base.css";
import "./look/scheme.ts";

reloadForMissingFiles();
createRoot(document.getElementById("root")!).render(<App />);
