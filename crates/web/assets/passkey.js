// Passkeys: asks the server for a question, lets the browser answer it, and sends the form on.
// Without this script, or where the browser knows no passkeys, the forms stay hidden and the
// password works.
"use strict";

const known = typeof window.PublicKeyCredential === "function"
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function"
  && window.isSecureContext;

async function answer(form) {
  const asked = await fetch(form.dataset.begin, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
  });
  if (!asked.ok) {
    throw new Error(String(asked.status));
  }
  const { ceremony, question } = await asked.json();
  const options = question.publicKey ?? question;
  const credential = form.dataset.passkey === "add"
    ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      })
    : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      });
  form.elements.ceremony.value = ceremony;
  form.elements.answer.value = JSON.stringify(credential.toJSON());
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!known) {
    continue;
  }
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-without-passkey]")) {
    note.hidden = true;
  }
  const failed = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      await answer(form);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
