// The language of the page's own words: Chinese, or English where the browser asks for another language than Chinese. What
// people and the bot write stays as it is.

export const english = !/^zh\b/iu.test(navigator.language);

/** One of two wordings. */
export const say = (zh, en) => (english ? en : zh);
/** The same of what the server wrote in both. */
export const pick = ({ zh, en }) => say(zh, en);

/** For dates. */
export const locale = say("zh-CN", "en-GB");

/** Puts the English beside each text of the page in its place. */
export function translate() {
  if (!english) return;
  document.documentElement.lang = "en";
  for (const element of document.querySelectorAll("[data-en]")) element.textContent = element.dataset.en;
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const element of document.querySelectorAll(`[data-en-${name}]`)) {
      element.setAttribute(name, element.getAttribute(`data-en-${name}`));
    }
  }
}
