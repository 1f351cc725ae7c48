/** The demo's users, who exist only where nobody else can reach the server. */

/** The README has it too: it is public. */
export const DEMO_PASSWORD = "leadgate-demo";

/** The address of a demo's user by the name in `?as=`. */
export const demoEmail = (name: string): string => `${name}@demo.example`;

/** The name of a user in `?as=`. */
export const demoName = (email: string): string => email.slice(0, email.indexOf("@"));
