/// <reference path="../frontdesk.d.ts" />

declare module "*.css" {
  const styles: string;
  export default styles;
}

/** File names, hashes included; put in by build.mjs. */
declare const PANEL_FILE: string;
declare const HINDI_FILE: string;
declare const CHIME_FILE: string;
declare const CARDS_FILE: string;
declare const PICKER_FILE: string;
declare const BUBBLE_FILE: string;
declare const SNAPSHOT_FILE: string;
