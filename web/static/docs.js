// Shows the API's description with Swagger UI, whose script the page has loaded before this one.
// Without `validatorUrl: null` it would ask a validator on another site.
window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: false, validatorUrl: null });
