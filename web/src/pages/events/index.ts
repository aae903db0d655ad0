export { EventsPage as default } from "./EventsPage";
