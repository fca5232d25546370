/* The parts of the explorer page: each is what stands from its first octet up to its end. */
#ifndef SP_PAGE_ASSETS_H
#define SP_PAGE_ASSETS_H

extern const char sp_asset_template[];
extern const char sp_asset_template_end[];
extern const char sp_asset_style[];
extern const char sp_asset_style_end[];
extern const char sp_asset_program[];
extern const char sp_asset_program_end[];
extern const char sp_asset_model[]; /* the WebAssembly module; empty when it could not be built */
extern const char sp_asset_model_end[];

#endif
