/** Icons, drawn as lines of one width; they are decoration, and a text always says the same. */
const PATHS = {
  alert: "M12 9v4m0 3.5v.01M10.3 4 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z",
  arrow: "M5 12h14m-6-6 6 6-6 6",
  back: "M19 12H5m6-6-6 6 6 6",
  bell: "M6 9a6 6 0 0 1 12 0c0 6 2.5 7.5 2.5 7.5h-17S6 15 6 9Zm4 11a2.2 2.2 0 0 0 4 0",
  book: "M5 5.5A2.5 2.5 0 0 1 7.5 3H19v15H7.5A2.5 2.5 0 0 0 5 20.5v-15ZM5 20.5A2.5 2.5 0 0 0 7.5 21H19v-3",
  chart: "M4 20V4m0 16h16M8.5 16v-4m4 4V8m4 8v-6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  chevron: "m9 6 6 6-6 6",
  clock: "M12 7v5l3.2 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  close: "M6 6l12 12M18 6 6 18",
  coins: "M15 6.5c0 1.7-2.7 3-6 3s-6-1.3-6-3 2.7-3 6-3 6 1.3 6 3Zm-12 0v5c0 1.7 2.7 3 6 3s6-1.3 6-3v-5m-12 5v5c0 1.7 2.7 3 6 3M15 11.5c3.3 0 6 1.3 6 3s-2.7 3-6 3-6-1.3-6-3 2.7-3 6-3Zm-6 3v3c0 1.7 2.7 3 6 3s6-1.3 6-3v-3",
  copy: "M9 9h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1Zm-3 6H5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1",
  external: "M10 5H5v14h14v-5M14 4h6v6m0-6-9 9",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  file: "M14 3H6.5A1.5 1.5 0 0 0 5 4.5v15A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5V8l-5-5Zm0 0v5h5",
  filter: "M4 6h16M7 12h10m-7 6h4",
  gear: "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Zm7.4-3.2c0 .5 0 1-.1 1.4l2 1.5-2 3.4-2.3-1a7 7 0 0 1-2.4 1.4L14.2 21H9.8l-.4-2.3A7 7 0 0 1 7 17.3l-2.3 1-2-3.4 2-1.5a7.6 7.6 0 0 1 0-2.8l-2-1.5 2-3.4 2.3 1A7 7 0 0 1 9.4 5.3L9.8 3h4.4l.4 2.3A7 7 0 0 1 17 6.7l2.3-1 2 3.4-2 1.5c.1.4.1.9.1 1.4Z",
  heart: "M3 12h4l2.5-6 5 12 2.5-6h4",
  home: "M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4v-8.5Z",
  inbox: "M3.5 13.5 6 5h12l2.5 8.5V19h-17v-5.5Zm0 0H9a3 3 0 0 0 6 0h5.5",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01",
  lock: "M7 11V8a5 5 0 0 1 10 0v3m-11.5 0h13V20h-13v-9Z",
  mail: "M3.5 6h17v12.5h-17V6Zm0 .8 8.5 6.2 8.5-6.2",
  menu: "M4 7h16M4 12h16M4 17h16",
  out: "M14 4H5.5v16H14m-3.5-8H21m-4-4 4 4-4 4",
  phone: "M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4 5.7 2 2 0 0 1 6 3.5Z",
  plus: "M12 5v14M5 12h14",
  reload: "M19.5 11a7.5 7.5 0 1 0-2 5.8M19.5 5v6h-6",
  scale: "M12 4v16m-5 0h10M5 7l7-1.5L19 7M5 7l-2.5 6.5a3 3 0 0 0 5 0L5 7Zm14 0-2.5 6.5a3 3 0 0 0 5 0L19 7Z",
  search: "m20 20-4.3-4.3M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z",
  shield: "M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6l-7-2.5Z",
  star: "m12 4 2.5 5.1 5.5.8-4 3.9 1 5.5-5-2.6-5 2.6 1-5.5-4-3.9 5.5-.8L12 4Z",
  trend: "M4 18.5 9.5 12l4 3.5L20 7m0 0h-4.5M20 7v4.5",
  users: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 9c0-3.5 2.7-5.5 6.5-5.5s6.5 2 6.5 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4m2 4.3c2.2.7 3.5 2.5 3.5 5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
