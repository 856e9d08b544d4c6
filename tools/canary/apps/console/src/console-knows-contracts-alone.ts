import '../../../libs/http/src/http-and-messaging-stand-apart.js';
