export { RecordingsPage as default } from "./RecordingsPage";
