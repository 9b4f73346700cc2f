declare module 'virtual:editor' {
  /** Where the files of iD are, with a slash at its end. */
  export const folder: string;
}
declare module 'virtual:world' {
  export const far: string;
  export const near: string;
}
declare module '*?worker&url' {
  const url: string;
  export default url;
}
