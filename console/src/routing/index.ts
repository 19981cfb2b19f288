export { Link } from './link.js';
export { navigate, pathStore, redirect } from './location.js';
