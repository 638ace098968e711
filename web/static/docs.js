// Shows the API's description with Swagger UI, whose script the page has loaded before this one.
window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: false });
