//! A frame with the strip in it, in a page of Attune's own, which does for it what the content script does in a call.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlIFrameElement, MessageChannel, MessageEvent, MessagePort};

use super::browser::{Size, window};
use super::dom::{self, Done};

/// Gives the strip a line to this page, and has `hear` called with what it says.
pub fn join(frame: &HtmlIFrameElement, mut hear: impl FnMut(&JsValue) -> Done + 'static) -> Done<Option<MessagePort>> {
    let Some(strip) = frame.content_window() else { return Ok(None) };
    let channel = MessageChannel::new()?;
    dom::listen(&channel.port1(), "message", move |event: MessageEvent| hear(&event.data()))?;
    channel.port1().start();
    let origin = window().location().origin()?;
    strip.post_message_with_transfer(&"attune".into(), &origin, &js_sys::Array::of1(&channel.port2()))?;
    Ok(Some(channel.port1()))
}

/// Makes the frame as large as the strip says it is. Says whether there is anything to see.
pub fn resize(frame: &HtmlIFrameElement, said: &JsValue) -> Done<bool> {
    let size: &Size = said.unchecked_ref();
    dom::style(frame, "width", &pixels(size.width()))?;
    dom::style(frame, "height", &pixels(size.height()))?;
    dom::style(frame, "border-radius", &pixels(size.radius()))?;
    Ok(size.height() > 0.0)
}

fn pixels(number: f64) -> String {
    [&(number as u32).to_string(), "px"].concat()
}
