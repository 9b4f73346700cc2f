declare module 'virtual:world' {
  export const far: string;
  export const near: string;
}
declare module '*?worker&url' {
  const url: string;
  export default url;
}
