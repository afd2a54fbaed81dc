declare module '../web/render.ts' {
  interface Views {
    'gestion/dashboard': Record<string, never>
  }
}

export {}
