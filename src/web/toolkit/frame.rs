//! The line between the strip and the host of its frame: the content script in a call, the page itself in Attune's own
//! pages.

use web_sys::{HtmlIFrameElement, MessageChannel, MessageEvent, MessagePort};

use super::browser::window;
use super::dom;
use super::error::Error;
use super::value::{from_js, to_js};
use attune::messages::{FrameArea, FromStrip, ToStrip};

/// What a page says to the strip first, with the strip's end of the line. `strip.js` waits for it.
const HELLO: &str = "attune";

/// The page's end of the line to a strip in one of its frames.
pub struct StripPort(MessagePort);

impl StripPort {
    /// Gives the strip in a frame a line to this page, and calls `hear` with what it says.
    ///
    /// # Errors
    /// If the frame has no page.
    pub fn open(
        frame: &HtmlIFrameElement,
        mut hear: impl FnMut(FromStrip) -> Result<(), Error> + 'static,
    ) -> Result<StripPort, Error> {
        let strip = frame.content_window().ok_or_else(|| Error::missing("frame"))?;
        let channel = MessageChannel::new()?;
        dom::listen(&channel.port1(), "message", move |event: MessageEvent| hear(from_js(event.data())?))?;
        channel.port1().start();
        let origin = window().location().origin()?;
        strip.post_message_with_transfer(&HELLO.into(), &origin, &js_sys::Array::of1(&channel.port2()))?;
        Ok(StripPort(channel.port1()))
    }

    /// Tells the strip something.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn tell(&self, message: &ToStrip) -> Result<(), Error> {
        Ok(self.0.post_message(&to_js(message)?)?)
    }
}

/// The strip's end of the line to the host of its frame.
pub struct HostPort(MessagePort);

impl HostPort {
    /// Calls `hear` with what is said at the other end of the line.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn open(
        port: MessagePort,
        mut hear: impl FnMut(ToStrip) -> Result<(), Error> + 'static,
    ) -> Result<HostPort, Error> {
        dom::listen(&port, "message", move |event: MessageEvent| hear(from_js(event.data())?))?;
        port.start();
        Ok(HostPort(port))
    }

    /// Tells the frame's host something.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn tell(&self, message: &FromStrip) -> Result<(), Error> {
        Ok(self.0.post_message(&to_js(message)?)?)
    }
}

/// Makes a frame as large as its strip says it is. Says whether there is anything to see.
///
/// # Errors
/// If the browser refuses to change its style.
pub fn resize(frame: &HtmlIFrameElement, area: &FrameArea) -> Result<bool, Error> {
    dom::set_style(frame, "width", &pixels(area.width))?;
    dom::set_style(frame, "height", &pixels(area.height))?;
    dom::set_style(frame, "border-radius", &pixels(area.radius))?;
    Ok(area.height > 0.0)
}

/// A length in whole px, as a style sheet writes it.
pub fn pixels(length: f64) -> String {
    [&(length as i32).to_string(), "px"].concat()
}
