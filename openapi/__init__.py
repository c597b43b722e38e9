"""The OpenAPI document, made from routes and structs. Outside the layer: no function needs it."""
