export { SystemPage as default } from "./SystemPage";
