export { type Config, ConfigError, type Environment, loadConfig } from './config.js';
export { ConfigModule, InjectConfig } from './config.module.js';
export { environment } from './environment.js';
export { SECRET_SETTINGS, settings } from './settings.js';
