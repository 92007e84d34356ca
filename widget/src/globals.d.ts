/// <reference path="../frontdesk.d.ts" />

declare module "*.css" {
  const styles: string;
  export default styles;
}

/** The panel's file name, hash included; put in by build.mjs. */
declare const PANEL_FILE: string;
