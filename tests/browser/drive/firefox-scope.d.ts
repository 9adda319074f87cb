// The globals of the scripts that run inside Firefox.

declare const BrowsingContext: any;
declare const Cc: any;
declare const ChromeUtils: any;
declare const Ci: any;
declare const Services: any;
declare const WebExtensionPolicy: any;
declare const gBrowser: any;
