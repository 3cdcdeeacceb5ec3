// A one-time link: what stands behind # goes into the form and out of the address.
(() => {
  "use strict";
  const field = document.getElementById("f-link");
  const token = location.hash.slice(1);
  if (field && token) {
    field.value = token;
    field.closest(".field").hidden = true;
    history.replaceState(null, "", location.pathname);
    document.getElementById("go").focus();
  }
})();
