// HTTP owns the messages of RFC 9110 and the framing of RFC 9112, for both directions: methods,
// fields, targets, parser, serializer, forms, challenges. Values and codecs only: no socket, no
// clock, no configuration. Bytes enter through the parsers and leave through the serializers.
