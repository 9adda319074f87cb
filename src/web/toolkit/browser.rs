//! What the pages use of the browser's extension API, and the few globals that are always there.

#![allow(missing_docs, reason = "what the browser calls its own is documented there")]

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Document, IdleRequestOptions, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;

    /// Brings an error to the page's error event, as an uncaught one would.
    #[wasm_bindgen(js_name = reportError)]
    pub fn report_error(error: &JsValue);

    type Runtime;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = runtime)]
    static RUNTIME: Runtime;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Runtime) -> Option<String>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    pub async fn send_message(message: &Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime", "onMessage"], js_name = addListener)]
    pub fn on_message(listener: &JsValue);

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get, catch)]
    async fn stored(key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set, catch)]
    async fn store(fields: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "managed"], js_name = get, catch)]
    async fn managed_fields() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "managed", "onChanged"], js_name = addListener)]
    fn add_managed_listener(listener: &JsValue);
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = get, catch)]
    async fn carried_fields() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = set, catch)]
    async fn carry_fields(fields: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = remove, catch)]
    async fn drop_fields(keys: Vec<String>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync", "onChanged"], js_name = addListener)]
    fn add_sync_listener(listener: &JsValue);

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn get_url(path: &str) -> String;
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    pub fn get_message(key: &str, args: Vec<String>) -> String;

    /// What is asked of the background.
    pub type Request;
    #[wasm_bindgen(method, setter)]
    pub fn set_to(this: &Request, to: &str);
    #[wasm_bindgen(method, setter)]
    pub fn set_input(this: &Request, input: &str);
    #[wasm_bindgen(method, setter)]
    pub fn set_tab(this: &Request, tab: Option<i32>);
    #[wasm_bindgen(method, setter)]
    pub fn set_mount(this: &Request, tab: i32);
    #[wasm_bindgen(method, setter)]
    pub fn set_keys(this: &Request, keys: bool);
    #[wasm_bindgen(method, setter)]
    pub fn set_settle(this: &Request, settle: bool);

    /// What the background says: an answer, or a picture for all surfaces.
    pub type Said;
    #[wasm_bindgen(method, getter)]
    pub fn to(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn view(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn problem(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn strip(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn page(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn home(this: &Said) -> Option<i32>;
    #[wasm_bindgen(method, getter)]
    pub fn saved(this: &Said) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    pub fn afresh(this: &Said) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    pub fn keys(this: &Said) -> Option<Keys>;
    #[wasm_bindgen(method, getter)]
    pub fn call(this: &Said) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    pub fn site(this: &Said) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn allowed(this: &Said) -> Option<bool>;

    /// The keys of the commands.
    pub type Keys;
    #[wasm_bindgen(method, getter)]
    pub fn glance(this: &Keys) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = "not-now")]
    pub fn not_now(this: &Keys) -> Option<String>;

    /// How large the strip is, in CSS px.
    pub type Size;
    #[wasm_bindgen(method, setter)]
    pub fn set_width(this: &Size, width: f64);
    #[wasm_bindgen(method, setter)]
    pub fn set_height(this: &Size, height: f64);
    #[wasm_bindgen(method, getter)]
    pub fn width(this: &Size) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn height(this: &Size) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn radius(this: &Size) -> f64;

    /// What the strip and the page around it tell each other: how large the window is (`width`, `height`); where the frame
    /// is to be; which of some areas is free (`ask`, `free`); and what becomes of a drag.
    pub type Frame;
    #[wasm_bindgen(method, getter)]
    pub fn width(this: &Frame) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub fn height(this: &Frame) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub fn free(this: &Frame) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub fn escape(this: &Frame) -> Option<bool>;
    #[wasm_bindgen(method, setter)]
    pub fn set_escape(this: &Frame, on: bool);
    #[wasm_bindgen(method, getter)]
    pub fn left(this: &Frame) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub fn top(this: &Frame) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub fn held(this: &Frame) -> Option<bool>;
    #[wasm_bindgen(method, setter)]
    pub fn set_left(this: &Frame, left: f64);
    #[wasm_bindgen(method, setter)]
    pub fn set_top(this: &Frame, top: f64);
    #[wasm_bindgen(method, setter)]
    pub fn set_width(this: &Frame, width: f64);
    #[wasm_bindgen(method, setter)]
    pub fn set_height(this: &Frame, height: f64);
    #[wasm_bindgen(method, setter)]
    pub fn set_radius(this: &Frame, radius: f64);
    #[wasm_bindgen(method, setter)]
    pub fn set_held(this: &Frame, held: bool);
    #[wasm_bindgen(method, setter)]
    pub fn set_ask(this: &Frame, areas: Vec<f64>);

    /// What to look for among tabs, and a tab to open.
    type Question;
    #[wasm_bindgen(method, setter)]
    fn set_active(this: &Question, active: bool);
    #[wasm_bindgen(method, setter, js_name = currentWindow)]
    fn set_current_window(this: &Question, current: bool);
    #[wasm_bindgen(method, setter)]
    fn set_url(this: &Question, url: &str);
    type Tab;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Tab) -> Option<i32>;
    #[wasm_bindgen(method, getter, js_name = windowId)]
    fn window(this: &Tab) -> i32;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    async fn query_tabs(question: &Question) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    fn create_tab(question: &Question) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = remove, catch)]
    fn remove_tab(id: i32) -> Result<Promise, JsValue>;

    type UserSettings;
    #[wasm_bindgen(method, getter, js_name = isOnToolbar)]
    fn is_on_toolbar(this: &UserSettings) -> Option<bool>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = getUserSettings, catch)]
    async fn action_settings() -> Result<JsValue, JsValue>;

    type Commands;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = commands)]
    static COMMANDS: Commands;
    #[wasm_bindgen(method, getter, js_name = openShortcutSettings)]
    fn has_settings(this: &Commands) -> JsValue;
    #[wasm_bindgen(method, js_name = openShortcutSettings)]
    fn open_settings(this: &Commands) -> Promise;
    #[wasm_bindgen(method, js_name = update)]
    fn update(this: &Commands, change: &Command) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "commands"], js_name = getAll, catch)]
    async fn all_commands() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "commands", "onCommand"], js_name = addListener)]
    pub fn on_command(listener: &JsValue);

    /// A keyboard command.
    pub type Command;
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &Command) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub fn shortcut(this: &Command) -> Option<String>;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Command, name: &str);
    #[wasm_bindgen(method, setter)]
    fn set_shortcut(this: &Command, shortcut: &str);

    /// Where a panel can be opened: Chromium's side panel, Firefox's sidebar.
    #[derive(Clone)]
    type Panels;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = sidePanel)]
    static SIDE_PANEL: Option<Panels>;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = sidebarAction)]
    static SIDEBAR: Option<Panels>;
    #[wasm_bindgen(method, js_name = open, catch)]
    fn open_in(this: &Panels, window: &InWindow) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = open, catch)]
    fn open_here(this: &Panels) -> Result<Promise, JsValue>;
    type InWindow;
    #[wasm_bindgen(method, setter, js_name = windowId)]
    fn set_window(this: &InWindow, id: i32);
    #[wasm_bindgen(js_namespace = ["chrome", "tabs", "onActivated"], js_name = addListener)]
    fn add_tab_listener(listener: &JsValue);

    type Change;
    #[wasm_bindgen(method, setter)]
    fn set_state(this: &Change, state: &str);
    #[wasm_bindgen(method, setter)]
    fn set_left(this: &Change, left: i32);
    #[wasm_bindgen(method, setter)]
    fn set_top(this: &Change, top: i32);
    #[wasm_bindgen(method, setter)]
    fn set_width(this: &Change, width: i32);
    #[wasm_bindgen(method, setter)]
    fn set_height(this: &Change, height: i32);
    #[wasm_bindgen(js_namespace = ["chrome", "windows"], js_name = update, catch)]
    async fn update_window(id: i32, change: &Change) -> Result<JsValue, JsValue>;

    /// What opens windows that stay on top, where the browser has it.
    type OnTop;
    #[wasm_bindgen(thread_local_v2, js_namespace = window, js_name = documentPictureInPicture)]
    static ON_TOP: Option<OnTop>;
    #[wasm_bindgen(method, js_name = requestWindow, catch)]
    fn request_window(this: &OnTop, size: &Size) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local", "onChanged"], js_name = addListener)]
    fn add_stored_listener(listener: &JsValue);

    /// Sites that may be allowed, as match patterns.
    type Sites;
    #[wasm_bindgen(method, setter)]
    fn set_origins(this: &Sites, origins: Vec<String>);
    #[wasm_bindgen(method, getter)]
    fn origins(this: &Sites) -> Option<Vec<String>>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    fn request_sites(sites: &Sites) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = remove, catch)]
    async fn remove_sites(sites: &Sites) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = getAll, catch)]
    async fn all_permissions() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onAdded"], js_name = addListener)]
    fn add_allowed_listener(listener: &JsValue);
    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onRemoved"], js_name = addListener)]
    fn add_forbidden_listener(listener: &JsValue);

    type PluralRules;
    #[wasm_bindgen(js_namespace = Intl, constructor)]
    fn new(language: &str) -> PluralRules;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: u32) -> String;
}

/// The page's window.
pub fn window() -> Window {
    WINDOW.with(Clone::clone)
}

/// The page's document.
pub fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}

/// The screen that the window is on, the same whatever the page's zoom. Firefox counts it in the px of the page.
pub fn screen() -> (u32, u32) {
    let Ok(screen) = window().screen() else { return (0, 0) };
    let in_firefox = window().location().protocol().as_deref() == Ok("moz-extension:");
    let px = if in_firefox { window().device_pixel_ratio() } else { 1.0 };
    let whole = |length: Result<i32, JsValue>| (f64::from(length.unwrap_or_default()) * px).round() as u32;
    (whole(screen.width()), whole(screen.height()))
}

/// Closes the window once there is nothing more urgent.
pub fn close_when_idle() -> Result<(), JsValue> {
    let close = Closure::once_into_js(|| drop(window().close()));
    let options = IdleRequestOptions::new();
    options.set_timeout(500);
    window().request_idle_callback_with_options(close.unchecked_ref(), &options).map(drop)
}

/// Whether the extension that this page belongs to is still there, in the version that opened it.
pub fn is_alive() -> bool {
    RUNTIME.with(|runtime| runtime.id().is_some())
}

/// An empty object, to be given its fields.
pub fn object<T: JsCast>() -> T {
    js_sys::Object::new().unchecked_into()
}

/// The text that is stored under `key`, if there is one.
pub async fn recall(key: &str) -> Option<String> {
    let fields = stored(key).await.ok()?;
    js_sys::Reflect::get(&fields, &JsValue::from_str(key)).ok()?.as_string()
}

/// Stores a text under `key`.
pub async fn keep(key: &str, text: &str) -> Result<(), JsValue> {
    let fields = js_sys::Object::new();
    js_sys::Reflect::set(&fields, &JsValue::from_str(key), &JsValue::from_str(text))?;
    store(&fields).await.map(drop)
}

/// The answer that is stored under `key`, if there is one.
pub async fn recall_flag(key: &str) -> Option<bool> {
    let fields = stored(key).await.ok()?;
    js_sys::Reflect::get(&fields, &JsValue::from_str(key)).ok()?.as_bool()
}

/// Stores an answer under `key`.
pub async fn keep_flag(key: &str, on: bool) -> Result<(), JsValue> {
    let fields = js_sys::Object::new();
    js_sys::Reflect::set(&fields, &JsValue::from_str(key), &JsValue::from_bool(on))?;
    store(&fields).await.map(drop)
}

/// What the browser's policy says, as JSON. Firefox has no storage for it where there is no policy.
pub async fn managed() -> String {
    match managed_fields().await {
        Ok(fields) => json(&fields),
        Err(_) => "{}".to_owned(),
    }
}

/// Has `listener` called when the browser's policy has changed.
pub fn on_managed(listener: impl FnMut() + 'static) {
    add_managed_listener(&Closure::<dyn FnMut()>::new(listener).into_js_value());
}

/// What the browser's sync carries, as JSON.
pub async fn carried() -> String {
    match carried_fields().await {
        Ok(fields) => json(&fields),
        Err(_) => "{}".to_owned(),
    }
}

/// Has the browser's sync carry these items.
pub async fn carry<'a>(items: impl Iterator<Item = (&'a str, &'a String)>) -> Result<(), JsValue> {
    let fields = js_sys::Object::new();
    for (key, item) in items {
        js_sys::Reflect::set(&fields, &JsValue::from_str(key), &JsValue::from_str(item))?;
    }
    carry_fields(&fields).await.map(drop)
}

/// Has the browser's sync drop items.
pub async fn drop_carried(keys: Vec<String>) -> Result<(), JsValue> {
    if keys.is_empty() { Ok(()) } else { drop_fields(keys).await.map(drop) }
}

/// Has `listener` called when the browser's sync has brought something, or taken it away.
pub fn on_carried(listener: impl FnMut() + 'static) {
    add_sync_listener(&Closure::<dyn FnMut()>::new(listener).into_js_value());
}

/// The day of a time in ms since 1970, as people write it.
pub fn day(time: f64) -> String {
    let form = js_sys::Object::new();
    for (part, how) in [("day", "numeric"), ("month", "long")] {
        let _ = js_sys::Reflect::set(&form, &JsValue::from_str(part), &JsValue::from_str(how));
    }
    js_sys::Date::new(&time.into()).to_locale_date_string(&super::words::say("language"), &form).into()
}

fn json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).map_or_else(|_| "{}".to_owned(), String::from)
}

/// A tab, and the window that it is in.
#[derive(Clone, Copy, Debug)]
pub struct Front {
    /// The tab.
    pub tab: i32,
    /// Its window.
    pub window: i32,
}

/// The tab that this page stands beside: the one in front in its window.
pub async fn tab_beside() -> Option<Front> {
    let question: Question = object();
    question.set_active(true);
    question.set_current_window(true);
    let tabs: js_sys::Array = query_tabs(&question).await.ok()?.unchecked_into();
    let tab = tabs.get(0);
    if !tab.is_object() {
        return None;
    }
    let tab: Tab = tab.unchecked_into();
    Some(Front { tab: tab.id()?, window: tab.window() })
}

/// Has `listener` called when another tab comes to the front.
pub fn on_tab(listener: impl FnMut() + 'static) {
    add_tab_listener(&Closure::<dyn FnMut()>::new(listener).into_js_value());
}

/// Opens the panel of a window. Browsers do this only at once after a click.
pub fn open_panel(window: i32) -> Option<Promise> {
    if let Some(panels) = SIDE_PANEL.with(Clone::clone) {
        let place: InWindow = object();
        place.set_window(window);
        return panels.open_in(&place).ok();
    }
    SIDEBAR.with(Clone::clone)?.open_here().ok()
}

/// Minimises a window, or shows it again.
pub async fn minimise(id: i32, on: bool) {
    let change: Change = object();
    change.set_state(if on { "minimized" } else { "normal" });
    // A window that is being closed needs no change.
    let _ = update_window(id, &change).await;
}

/// Makes a window as high as this, in px; and puts it under the camera, at the top centre of its screen, with a width.
pub async fn fit_window(id: i32, height: i32, centred: Option<i32>) {
    let change: Change = object();
    change.set_height(height);
    if let (Some(width), Ok(screen)) = (centred, window().screen()) {
        let pixels = |value: Result<i32, JsValue>| value.unwrap_or_default();
        change.set_width(width);
        change.set_left(pixels(screen.avail_left()) + (pixels(screen.avail_width()) - width) / 2);
        change.set_top(pixels(screen.avail_top()));
    }
    let _ = update_window(id, &change).await;
}

/// Whether the browser can keep a window on top.
pub fn can_keep_on_top() -> bool {
    ON_TOP.with(Option::is_some)
}

/// Opens a window that stays on top. Browsers do this only at once after a click.
pub fn open_on_top(width: f64, height: f64) -> Option<Promise> {
    let size: Size = object();
    size.set_width(width);
    size.set_height(height);
    ON_TOP.with(|on_top| on_top.as_ref()?.request_window(&size).ok())
}

/// Has `listener` called when what is stored under `key` has changed.
pub fn on_stored(key: &'static str, mut listener: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |changes: JsValue| {
        if js_sys::Reflect::has(&changes, &JsValue::from_str(key)) == Ok(true) {
            listener();
        }
    });
    add_stored_listener(&closure.into_js_value());
}

/// Closes the tab in front, and never the whole window with it.
pub async fn close_tab() -> Option<()> {
    let tab = tab_beside().await?.tab;
    let question: Question = object();
    question.set_current_window(true);
    let tabs: js_sys::Array = query_tabs(&question).await.ok()?.unchecked_into();
    if tabs.length() == 1 {
        drop(create_tab(&object()).ok()?);
    }
    remove_tab(tab).ok().map(drop)
}

/// Whether Attune's button is in the toolbar, if the browser says so.
pub async fn is_on_toolbar() -> Option<bool> {
    action_settings().await.ok()?.unchecked_into::<UserSettings>().is_on_toolbar()
}

/// The keyboard commands with their keys.
pub async fn commands() -> js_sys::Array {
    all_commands().await.map_or_else(|_| js_sys::Array::new(), JsCast::unchecked_into)
}

/// What the browser says of the system that it runs on.
pub fn platform() -> String {
    window().navigator().platform().unwrap_or_default()
}

/// Whether an extension may set keys in this browser: in Firefox, which also has a function for its page of keys.
pub fn can_set_keys() -> bool {
    COMMANDS.with(Commands::has_settings).is_function()
}

/// Gives a command a key, or takes it away if that is empty.
pub fn set_key(command: &str, key: &str) -> Promise {
    let change: Command = object();
    change.set_name(command);
    change.set_shortcut(key);
    COMMANDS.with(|commands| commands.update(&change))
}

/// Opens the browser's own page on which the keys are changed.
pub fn open_key_settings() {
    // Chromium has an address for it.
    if can_set_keys() {
        let _ = COMMANDS.with(Commands::open_settings);
    } else {
        let question: Question = object();
        question.set_url("chrome://extensions/shortcuts");
        let _ = create_tab(&question);
    }
}

/// Opens one of Attune's own pages in a tab, at a place in it if one is named after a `#`.
pub fn open_page(name: &str) {
    let question: Question = object();
    let (file, place) = name.split_at(name.find('#').unwrap_or(name.len()));
    question.set_url(&get_url(&[file, ".html", place].concat()));
    let _ = create_tab(&question);
}

/// The plural category of a number in a language: `one`, `other`, …
pub fn plural(language: &str, number: u32) -> String {
    PluralRules::new(language).select(number)
}

fn sites(origins: &[String]) -> Sites {
    let sites: Sites = object();
    sites.set_origins(origins.to_vec());
    sites
}

/// Has the browser ask whether these sites, as match patterns, are to be allowed. Browsers ask only at once after a click.
pub fn request(origins: &[String]) -> Option<Promise> {
    request_sites(&sites(origins)).ok()
}

/// Gives back the right to these sites.
pub async fn give_back(origins: &[String]) {
    let _ = remove_sites(&sites(origins)).await;
}

/// The sites that are allowed, as match patterns.
pub async fn allowed() -> Vec<String> {
    let all = all_permissions().await.ok().map(|all| all.unchecked_into::<Sites>());
    all.and_then(|sites| sites.origins()).unwrap_or_default()
}

/// Has `listener` called when a site was allowed, or is no longer.
pub fn on_allowed(listener: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut()>::new(listener).into_js_value();
    add_allowed_listener(&listener);
    add_forbidden_listener(&listener);
}
